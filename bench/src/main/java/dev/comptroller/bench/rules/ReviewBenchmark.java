package dev.comptroller.bench.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.bench.AdmissionReviews;
import dev.comptroller.bench.Bundled;
import dev.comptroller.cluster.ControllerIdentitiesReader;
import dev.comptroller.cluster.FileClusterView;
import dev.comptroller.cluster.rego.OpaRuleEvaluator;
import dev.comptroller.core.governor.ClusterView;
import dev.comptroller.core.governor.Governor;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.e2e.Person;
import dev.comptroller.webhook.review.AdmissionRequest;
import dev.comptroller.webhook.review.AdmissionReviewReader;
import dev.comptroller.webhook.review.AdmissionReviewWriter;
import dev.comptroller.webhook.review.MalformedReviewException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A whole review, from the bytes of the question to those of the answer, but for the network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReviewBenchmark {
  /** Whether the run that is reviewed has the signature that it needs. */
  @Param({"SIGNED_RUN", "UNSIGNED_RUN"})
  public String subject = "SIGNED_RUN";

  private final Governor governor = new Governor(new OpaRuleEvaluator(Optional.empty()));
  private ClusterView view =
      new FileClusterView(List.of(), "none", ControllerIdentitiesReader.defaults());
  private byte[] review = {};

  @Setup
  public void prepare() {
    Person signer = Person.of("alice", "research");
    List<KubernetesObject> cluster = new ArrayList<>(Bundled.objects("rules/accelerators.yaml"));
    ObjectNode policy = Bundled.object("load/governance-policy.yaml").json();
    policy.withArray("/spec/authorities").add(Person.authority("signers", signer));
    policy.withArray("/spec/authorities").add(Person.authority("approvers", signer));
    cluster.add(new KubernetesObject(policy));
    view = new FileClusterView(cluster, "none", ControllerIdentitiesReader.defaults());
    ObjectNode run = Bundled.object("load/training-run.yaml").json();
    run.withObject("/metadata").put("namespace", "measured").put("name", "run");
    review =
        AdmissionReviews.creation(
                subject, "engineer", subject.equals("SIGNED_RUN") ? signer.sign(run) : run)
            .toString()
            .getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  public byte[] review() throws MalformedReviewException {
    AdmissionRequest request = AdmissionReviewReader.read(review);
    return AdmissionReviewWriter.write(
        request.uid(), governor.review(request.review(), view, Instant.EPOCH));
  }
}
