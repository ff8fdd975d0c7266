package dev.comptroller.core.accelerator;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which resource names may be accelerators.
 *
 * <p>Vendors of accelerators cannot be listed: a new one appears each month, and a name such as
 * {@code rebellions.ai/ATOM} tells nothing. So every extended resource may be an accelerator unless
 * it is known to be something else: network devices, virtualisation and storage devices, and what
 * Kubernetes itself counts. Whoever runs something else lists it in an AcceleratorClass.
 */
public final class ResourceNames {
  private static final Set<String> NATIVE =
      Set.of("cpu", "memory", "storage", "ephemeral-storage", "pods");

  /** Domains whose resources are devices of other sorts, unless the name says accelerator. */
  private static final Set<String> OTHER_DOMAINS =
      Set.of(
          "rdma",
          "mellanox.com",
          "openshift.io",
          "bridge.network.kubevirt.io",
          "devices.kubevirt.io",
          "networking.gke.io.networks",
          "vpc.amazonaws.com",
          "smarter-devices",
          "squat.ai",
          "github.com",
          "sgx.intel.com",
          "qat.intel.com",
          "dlb.intel.com",
          "dsa.intel.com",
          "iaa.intel.com",
          "aliyun",
          "tke.cloud.tencent.com",
          "vke.volcengine.com");

  /** Network devices, whoever makes them. */
  private static final Pattern NETWORK =
      Pattern.compile(
          "(^|[-_.])(rdma|roce|sriov|infiniband|hca|erdma|efa|eni|nic|netdevice)($|[-_.0-9])");

  /** Words and device files that name accelerators. */
  private static final Pattern ACCELERATOR =
      Pattern.compile(
          "[gtnxdmvhil]pu|nvidia|(^|[-_.])(mig|mlu|gcu|dcu|accel|apex|dri|kfd|render|davinci|neuron|gaudi|hl)");

  private ResourceNames() {}

  /** Whether Kubernetes itself counts this resource, in units that are no devices. */
  public static boolean isNative(String resource) {
    return NATIVE.contains(resource)
        || resource.startsWith("hugepages-")
        || resource.startsWith("attachable-volumes-");
  }

  /** Whether the name may be an accelerator's, as far as a name can tell. */
  public static boolean mayBeAccelerator(String resource) {
    int slash = resource.indexOf('/');
    if (slash < 0) {
      return !isNative(resource);
    }
    String domain = resource.substring(0, slash);
    String name = resource.substring(slash + 1);
    if (ACCELERATOR.matcher(name).find()) {
      return true;
    }
    return !OTHER_DOMAINS.contains(domain) && !NETWORK.matcher(name).find();
  }
}
