package dev.comptroller.testkit.install;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a local process listens. Each pod has an address of its own; local processes share one, so
 * all but the first get other ports, which are rewritten where the container's arguments name them.
 *
 * @param byContainerPort the local port of each container port that has another one
 */
record LocalPorts(Map<Integer, Integer> byContainerPort) {
  /** The container's own. */
  static final LocalPorts SAME = new LocalPorts(Map.of());

  private static final Pattern LAST_NUMBER = Pattern.compile("(^|=)([0-9]+)$");

  LocalPorts {
    byContainerPort = Map.copyOf(byContainerPort);
  }

  /** A free port for each of the container's. */
  static LocalPorts others(Container container) {
    return new LocalPorts(
        container.getPorts().stream()
            .collect(Collectors.toMap(ContainerPort::getContainerPort, port -> FreePort.next())));
  }

  /** The argument with the local port in the place of the container's. */
  String rewrite(String argument) {
    Matcher matcher = LAST_NUMBER.matcher(argument);
    return matcher.find()
        ? matcher.replaceFirst(match -> match.group(1) + local(match.group(2)))
        : argument;
  }

  /** The local port that stands for one of the container's, given by name or number. */
  int of(Container container, IntOrString port) {
    return port.getIntVal() == null ? of(container, port.getStrVal()) : local(port.getIntVal());
  }

  /** The local port that stands for the container's port of this name. */
  int of(Container container, String name) {
    return container.getPorts().stream()
        .filter(candidate -> name.equals(candidate.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .map(this::local)
        .orElseThrow(() -> new IllegalStateException("No container port is named " + name));
  }

  private String local(String number) {
    return number.length() > 5 ? number : Integer.toString(local(Integer.parseInt(number)));
  }

  private int local(int containerPort) {
    return byContainerPort.getOrDefault(containerPort, containerPort);
  }
}
