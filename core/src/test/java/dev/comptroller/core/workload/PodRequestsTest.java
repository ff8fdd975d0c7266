package dev.comptroller.core.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.comptroller.core.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodRequestsTest {
  @ParameterizedTest
  @CsvSource({
    "'requests: {a/gpu: 2}', 2",
    "'limits: {a/gpu: 2}', 2",
    "'requests: {a/gpu: 2}, limits: {a/gpu: 4}', 4",
    "'requests: {a/gpu: 4}, limits: {a/gpu: 2}', 4",
    "'requests: {a/gpu: \"1k\"}', 1000",
    "'limits: {a/gpu: 99999999999999999999}', 9223372036854775807"
  })
  void a_container_asks_for_the_larger_of_its_requests_and_limits(String resources, long count) {
    assertThat(requests("containers: [{resources: {%s}}]".formatted(resources)))
        .singleElement()
        .satisfies(request -> assertThat(request.count()).isEqualTo(count));
  }

  @Test
  void containers_add_up_and_stop_at_the_largest_number() {
    assertThat(
            requests(
                """
                containers: [{resources: {limits: {a/gpu: "1"}}},
                             {resources: {limits: {a/gpu: "2", b/tpu: "4"}}}]"""))
        .containsExactly(
            new ResourceRequest("a/gpu", 3, "/spec/containers/1/resources/limits/a~1gpu"),
            new ResourceRequest("b/tpu", 4, "/spec/containers/1/resources/limits/b~1tpu"));
    assertThat(
            requests(
                """
                containers: [{resources: {limits: {a/gpu: "1"}}},
                             {resources: {limits: {a/gpu: "9223372036854775807"}}}]"""))
        .extracting(ResourceRequest::count)
        .containsExactly(Long.MAX_VALUE);
  }

  @Test
  void an_init_container_runs_beside_the_sidecars_listed_before_it_only() {
    String sidecar = "{restartPolicy: Always, resources: {limits: {a/gpu: 2}}}";
    String init = "{resources: {limits: {a/gpu: 5}}}";
    String pod = "initContainers: [%s, %s], containers: [{resources: {limits: {a/gpu: 1}}}]";

    assertThat(requests(pod.formatted(sidecar, init)))
        .extracting(ResourceRequest::count)
        .containsExactly(7L);
    assertThat(requests(pod.formatted(init, sidecar)))
        .extracting(ResourceRequest::count)
        .containsExactly(5L);
  }

  @Test
  void resources_are_compared_one_by_one() {
    assertThat(
            requests(
                """
                initContainers: [{resources: {limits: {a/gpu: 5, b/tpu: 1}}}],
                containers: [{resources: {limits: {a/gpu: 1, b/tpu: 4}}}]"""))
        .extracting(ResourceRequest::resource, ResourceRequest::count)
        .containsExactly(tuple("a/gpu", 5L), tuple("b/tpu", 4L));
  }

  @Test
  void overhead_counts_and_resources_of_the_pod_as_a_whole_do_not() {
    assertThat(
            requests(
                """
                overhead: {a/gpu: 1}, resources: {limits: {a/gpu: 8}},
                containers: [{resources: {limits: {a/gpu: 2}}}]"""))
        .extracting(ResourceRequest::count)
        .containsExactly(3L);
  }

  @Test
  void what_kubernetes_counts_itself_is_left_out() {
    assertThat(
            requests(
                "containers: [{resources: {limits: {cpu: 100m, memory: 1Gi, hugepages-2Mi: 4Mi,"
                    + " ephemeral-storage: 1Gi}}}]"))
        .isEmpty();
  }

  private static List<ResourceRequest> requests(String podSpec) {
    Reading reading =
        WorkloadReader.read(
            Manifest.of("{apiVersion: v1, kind: Pod, spec: {%s}}".formatted(podSpec)));
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).workload().templates().getFirst().requests();
  }
}
