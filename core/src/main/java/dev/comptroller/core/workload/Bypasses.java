package dev.comptroller.core.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the ways by which a pod reaches accelerators around its resource requests. */
final class Bypasses {
  private static final String RESOURCES = "devices requested under resources";

  /** Capabilities with which a container takes any device of its node. */
  private static final Set<String> CAPABILITIES =
      Set.of("ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO");

  /** Variables by which container runtimes choose devices, and the values that choose none. */
  private static final Set<String> VARIABLES =
      Set.of(
          "NVIDIA_VISIBLE_DEVICES",
          "AMD_VISIBLE_DEVICES",
          "HABANA_VISIBLE_DEVICES",
          "ASCEND_VISIBLE_DEVICES");

  private static final Set<String> NO_DEVICES = Set.of("", "none", "void");

  /** Annotations by which schedulers hand out parts of accelerators that nobody requested. */
  private static final Set<String> ANNOTATIONS =
      Set.of(
          "gpu-fraction",
          "gpu-memory",
          "gpu-fraction-num-devices",
          "volcano.sh/vgpu-number",
          "volcano.sh/vgpu-memory",
          "volcano.sh/gpu-memory");

  /** The container device interface: the runtime injects what such an annotation names. */
  private static final String DEVICE_INTERFACE = "cdi.k8s.io/";

  /** Where NVIDIA's runtime takes the names of mounts for the devices to inject. */
  private static final String DEVICE_MOUNTS = "/var/run/nvidia-container-devices";

  private final List<AcceleratorBypass> found = new ArrayList<>();

  private Bypasses() {}

  static List<AcceleratorBypass> of(Field annotations, Field spec, List<Field> containers) {
    Bypasses bypasses = new Bypasses();
    annotations.members().keySet().stream()
        .filter(name -> !DeviceShares.reads(name, annotations))
        .forEach(name -> bypasses.annotation(name, annotations.get(name)));
    bypasses.windowsHostProcess(spec.get("securityContext"));
    containers.forEach(bypasses::container);
    bypasses.found.addAll(HostPaths.of(spec, containers));
    return bypasses.found;
  }

  /** For a map of variables by name. */
  static List<AcceleratorBypass> ofVariables(Field variables) {
    Bypasses bypasses = new Bypasses();
    variables
        .members()
        .forEach((name, value) -> bypasses.variable(name, value, value.text().orElse("")));
    return bypasses.found;
  }

  private void annotation(String name, Field annotation) {
    if (ANNOTATIONS.contains(name) || name.startsWith(DEVICE_INTERFACE)) {
      add(annotation, name + "=" + annotation.text().orElse(""), RESOURCES);
    }
  }

  private void container(Field container) {
    Field security = container.get("securityContext");
    if (security.get("privileged").isTrue()) {
      add(security.get("privileged"), "a privileged container", "an unprivileged one");
    }
    windowsHostProcess(security);
    for (Field capability : security.get("capabilities").get("add").elements()) {
      // Container runtimes take capabilities in any case, with or without the prefix.
      String name = capability.text().orElse("").toUpperCase(Locale.ROOT).replaceFirst("^CAP_", "");
      if (CAPABILITIES.contains(name)) {
        add(capability, "capability " + name, "a container without it");
      }
    }
    container.get("env").elements().forEach(this::variable);
    for (Field mount : container.get("volumeMounts").elements()) {
      Field path = mount.get("mountPath");
      if (path.text().orElse("").startsWith(DEVICE_MOUNTS)) {
        add(path, path.text().orElse(""), RESOURCES);
      }
    }
  }

  private void windowsHostProcess(Field security) {
    Field hostProcess = security.get("windowsOptions").get("hostProcess");
    if (hostProcess.isTrue()) {
      add(hostProcess, "a host process container", "an ordinary one");
    }
  }

  private void variable(Field variable) {
    String name = variable.get("name").text().orElse("");
    Field source = variable.get("valueFrom");
    if (source.present()) {
      variable(name, source, "a value from elsewhere");
    } else {
      variable(name, variable.get("value"), variable.get("value").text().orElse(""));
    }
  }

  private void variable(String name, Field field, String value) {
    if (VARIABLES.contains(name) && !NO_DEVICES.contains(value)) {
      add(field, name + "=" + value, RESOURCES);
    }
  }

  private void add(Field field, String what, String required) {
    found.add(new AcceleratorBypass(field.pointer(), what, required));
  }
}
