package dev.comptroller.core.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.comptroller.core.Manifest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BypassesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "containers: [{securityContext: {privileged: true}}] |"
            + " /spec/containers/0/securityContext/privileged",
        "initContainers: [{securityContext: {privileged: true}}] |"
            + " /spec/initContainers/0/securityContext/privileged",
        "ephemeralContainers: [{securityContext: {privileged: true}}] |"
            + " /spec/ephemeralContainers/0/securityContext/privileged",
        "containers: [{securityContext: {capabilities: {add: [NET_ADMIN, SYS_ADMIN]}}}] |"
            + " /spec/containers/0/securityContext/capabilities/add/1",
        "containers: [{securityContext: {capabilities: {add: [cap_Sys_Admin]}}}] |"
            + " /spec/containers/0/securityContext/capabilities/add/0",
        "containers: [{securityContext: {windowsOptions: {hostProcess: true}}}] |"
            + " /spec/containers/0/securityContext/windowsOptions/hostProcess",
        "securityContext: {windowsOptions: {hostProcess: true}} |"
            + " /spec/securityContext/windowsOptions/hostProcess",
        "containers: [{env: [{name: NVIDIA_VISIBLE_DEVICES, value: all}]}] |"
            + " /spec/containers/0/env/0/value",
        "containers: [{env: [{name: HABANA_VISIBLE_DEVICES, value: '0'}]}] |"
            + " /spec/containers/0/env/0/value",
        "containers: [{env: [{name: NVIDIA_VISIBLE_DEVICES, valueFrom: {}}]}] |"
            + " /spec/containers/0/env/0/valueFrom",
        "containers: [{volumeMounts: [{mountPath: /var/run/nvidia-container-devices/all}]}] |"
            + " /spec/containers/0/volumeMounts/0/mountPath"
      })
  void a_way_to_accelerators_without_requesting_them_is_found(String podSpec, String pointer) {
    assertThat(bypasses("{}", podSpec))
        .extracting(AcceleratorBypass::pointer)
        .containsExactly(pointer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "containers: [{securityContext: {privileged: false, capabilities: {add: [IPC_LOCK]}}}]",
        "containers: [{env: [{name: NVIDIA_VISIBLE_DEVICES, value: void}]}]",
        "containers: [{env: [{name: NVIDIA_VISIBLE_DEVICES, value: none}]}]",
        "containers: [{env: [{name: NVIDIA_VISIBLE_DEVICES}]}]",
        "containers: [{env: [{name: CUDA_VISIBLE_DEVICES, value: '0'}]}]",
        "volumes: [{name: data, emptyDir: {}}]"
      })
  void ordinary_pods_have_none(String podSpec) {
    assertThat(bypasses("{}", podSpec)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gpu-fraction-num-devices",
        "volcano.sh/gpu-memory",
        "volcano.sh/vgpu-number",
        "cdi.k8s.io/device"
      })
  void an_annotation_that_hands_out_devices_is_found(String annotation) {
    assertThat(bypasses("{%s: '1', team: a}".formatted(annotation), "containers: []"))
        .containsExactly(
            new AcceleratorBypass(
                "/metadata/annotations/" + annotation.replace("/", "~1"),
                annotation + "=1",
                "devices requested under resources"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dev",
        "/dev/nvidia0",
        "//dev/./nvidia0",
        "/data/../dev",
        "/",
        "/var",
        "/var/lib/kubelet/device-plugins",
        "/run/containerd/containerd.sock",
        "/var/run/docker.sock",
        "/etc/kubernetes/manifests",
        "/etc",
        "/proc",
        "/sys/class"
      })
  void a_host_path_that_leads_to_devices_sockets_or_configuration_is_found(String path) {
    assertThat(bypasses("{}", hostPath(path, "", "readOnly: true")))
        .extracting(AcceleratorBypass::pointer)
        .containsExactly("/spec/volumes/0/hostPath/path");
  }

  @Test
  void a_device_or_socket_of_the_node_is_found_wherever_it_lies() {
    assertThat(bypasses("{}", hostPath("/opt/agent", ", type: Socket", "readOnly: true")))
        .hasSize(1);
    assertThat(bypasses("{}", hostPath("/opt/agent", ", type: Directory", "readOnly: true")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/developers", "/data", "/usr/share/zoneinfo", "/var/log"})
  void other_files_of_the_node_may_be_read_but_not_written(String path) {
    assertThat(bypasses("{}", hostPath(path, "", "readOnly: true"))).isEmpty();
    assertThat(bypasses("{}", hostPath(path, "", "readOnly: false")))
        .extracting(AcceleratorBypass::pointer)
        .containsExactly("/spec/containers/0/volumeMounts/0");
  }

  private static String hostPath(String path, String type, String mount) {
    return "volumes: [{name: host, hostPath: {path: %s%s}}], containers: [{volumeMounts: [{name: host, mountPath: /x, %s}]}]"
        .formatted(path, type, mount);
  }

  @Test
  void an_annotation_that_asks_for_a_readable_share_is_a_request_and_no_way_around_one() {
    assertThat(bypasses("{gpu-fraction: '0.5', gpu-fraction-num-devices: '2'}", "containers: []"))
        .isEmpty();
    assertThat(bypasses("{gpu-memory: '2000'}", "containers: []")).isEmpty();
    assertThat(bypasses("{gpu-fraction: half}", "containers: []")).hasSize(1);
    assertThat(bypasses("{gpu-fraction: '1.5'}", "containers: []")).hasSize(1);
    assertThat(bypasses("{gpu-fraction: '0.5', gpu-fraction-num-devices: many}", "containers: []"))
        .hasSize(2);
  }

  private static List<AcceleratorBypass> bypasses(String annotations, String podSpec) {
    Reading reading =
        WorkloadReader.read(
            Manifest.of(
                "{apiVersion: v1, kind: Pod, metadata: {annotations: %s}, spec: {%s}}"
                    .formatted(annotations, podSpec)));
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).workload().bypasses();
  }
}
