package dev.comptroller.core.gpuhours;

import static dev.comptroller.core.accelerator.Catalogues.NVIDIA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.core.Manifest;
import dev.comptroller.core.derivation.ModelDeploymentResources;
import dev.comptroller.core.derivation.TrainingRunResources;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.WorkloadReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was approved for a parent has to cover the child that the operator makes of it. */
class DerivedBoundTest {
  private static final Duration DAY = Duration.ofDays(1);

  @Test
  void the_job_of_a_training_run_costs_no_more_than_the_run() {
    KubernetesObject run =
        Manifest.of(
            """
            apiVersion: comptroller.dev/v1alpha1
            kind: TrainingRun
            metadata: {name: sft, namespace: nlp, uid: a}
            spec:
              model: {name: sft, version: "1"}
              workload:
                apiVersion: batch/v1
                kind: Job
                spec:
                  parallelism: 2
                  completions: 2
                  activeDeadlineSeconds: 3600
                  template:
                    spec:
                      restartPolicy: Never
                      containers: [{name: main, image: a, resources: {limits: {nvidia.com/gpu: 8}}}]
            """);

    assertThat(price(TrainingRunResources.workload(run)))
        .isLessThanOrEqualTo(price(run))
        .isGreaterThanOrEqualTo(Amount.parse("16"));
  }

  @Test
  void the_deployment_of_a_model_scaled_to_its_most_costs_what_the_model_deployment_does() {
    KubernetesObject model =
        Manifest.of(
            """
            apiVersion: comptroller.dev/v1alpha1
            kind: ModelDeployment
            metadata: {name: score, namespace: risk, uid: a}
            spec:
              model: {name: score, version: "1", uri: "oci://registry.example.com/score"}
              runtime:
                image: a
                port: 8080
                resources: {limits: {nvidia.com/gpu: "2"}}
              scale: {min: 1, max: 5}
            """);
    KubernetesObject child = ModelDeploymentResources.workload(model);
    ObjectNode scaled = child.json().deepCopy();
    scaled.withObject("/spec").put("replicas", 5);

    assertThat(price(new KubernetesObject(scaled)))
        .isEqualTo(price(model))
        .isEqualTo(Amount.parse("288"));
    assertThat(price(child)).isLessThan(price(model));
  }

  private static Amount price(KubernetesObject object) {
    Reading reading = WorkloadReader.read(object);
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return UpperBound.of(((Reading.Read) reading).workload(), NVIDIA).over(DAY).orElseThrow();
  }
}
