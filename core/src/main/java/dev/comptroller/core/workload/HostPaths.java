package dev.comptroller.core.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds volumes of the node's own files that lead to its devices, or to the sockets and
 * configuration that hand them out.
 *
 * <p>A writable one leads there from any path: a pod puts a link to a device into it, which the
 * next pod mounts.
 */
final class HostPaths {
  private static final List<List<String>> PROTECTED =
      List.of(
          segments("/dev"),
          segments("/proc"),
          segments("/sys"),
          segments("/run"),
          segments("/var/run"),
          segments("/var/lib/kubelet"),
          segments("/var/lib/containerd"),
          segments("/var/lib/containers"),
          segments("/var/lib/docker"),
          segments("/etc/kubernetes"),
          segments("/etc/cdi"),
          segments("/etc/containerd"),
          segments("/etc/nvidia-container-runtime"));

  private static final Set<String> SPECIAL_FILES = Set.of("BlockDevice", "CharDevice", "Socket");

  private HostPaths() {}

  static List<AcceleratorBypass> of(Field spec, List<Field> containers) {
    List<AcceleratorBypass> found = new ArrayList<>();
    for (Field volume : spec.get("volumes").elements()) {
      Field hostPath = volume.get("hostPath");
      if (hostPath.present()) {
        String path = hostPath.get("path").text().orElse("");
        if (leadsToDevices(hostPath, path)) {
          found.add(
              new AcceleratorBypass(
                  hostPath.get("path").pointer(),
                  "the node's " + path,
                  "a volume that leads to no device, socket or configuration of the node"));
        } else {
          writableMount(volume.get("name").text().orElse(""), containers)
              .ifPresent(mount -> found.add(writable(mount, path)));
        }
      }
    }
    return found;
  }

  private static AcceleratorBypass writable(Field mount, String path) {
    return new AcceleratorBypass(
        mount.pointer(),
        "a writable mount of the node's " + path,
        "readOnly: true, or a PersistentVolumeClaim");
  }

  private static boolean leadsToDevices(Field hostPath, String path) {
    List<String> segments = segments(path);
    return SPECIAL_FILES.contains(hostPath.get("type").text().orElse(""))
        || segments.contains("..")
        || PROTECTED.stream().anyMatch(root -> oneLeadsToOther(root, segments));
  }

  /** Whether one is the other or lies below it. */
  private static boolean oneLeadsToOther(List<String> a, List<String> b) {
    int common = Math.min(a.size(), b.size());
    return a.subList(0, common).equals(b.subList(0, common));
  }

  private static Optional<Field> writableMount(String volume, List<Field> containers) {
    for (Field container : containers) {
      for (Field mount : container.get("volumeMounts").elements()) {
        boolean writable = !mount.get("readOnly").isTrue();
        if (writable && mount.get("name").text().orElse("").equals(volume)) {
          return Optional.of(mount);
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/", -1))
        .filter(segment -> !segment.isEmpty() && !segment.equals("."))
        .toList();
  }
}
