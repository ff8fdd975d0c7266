package dev.comptroller.core.accelerator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceNamesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "nvidia.com/gpu",
        "nvidia.com/gpu.shared",
        "nvidia.com/mig-1g.10gb",
        "amd.com/gpu",
        "gpu.intel.com/i915",
        "habana.ai/gaudi",
        "google.com/tpu",
        "aws.amazon.com/neuron",
        "aws.amazon.com/neuroncore",
        "huawei.com/Ascend910",
        "volcano.sh/vgpu-number",
        "cambricon.com/mlu370",
        "rebellions.ai/ATOM",
        "deviceclass.resource.kubernetes.io/gpu.x",
        "example.com/foo",
        "gpu",
        "smarter-devices/nvidia0",
        "smarter-devices/apex_0",
        "squat.ai/dri",
        "github.com/gpu"
      })
  void what_is_not_known_to_be_something_else_may_be_an_accelerator(String resource) {
    assertThat(ResourceNames.mayBeAccelerator(resource)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cpu",
        "memory",
        "ephemeral-storage",
        "hugepages-2Mi",
        "attachable-volumes-aws-ebs",
        "rdma/hca_shared_devices_a",
        "nvidia.com/rdma_shared_device_a",
        "nvidia.com/sriov-rdma",
        "intel.com/intel_sriov_netdevice",
        "openshift.io/mlnxnics",
        "vpc.amazonaws.com/efa",
        "devices.kubevirt.io/kvm",
        "smarter-devices/fuse",
        "github.com/fuse"
      })
  void well_known_other_devices_are_no_accelerators(String resource) {
    assertThat(ResourceNames.mayBeAccelerator(resource)).isFalse();
  }
}
