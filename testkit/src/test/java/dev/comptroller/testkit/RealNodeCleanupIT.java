package dev.comptroller.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a real node leaves on the machine, which is nothing. */
@ExtendWith(RealNodeExtension.class)
class RealNodeCleanupIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Test
  void nothing_is_left_when_it_is_stopped(@TempDir Path folder) throws Exception {
    Path plane = folder.resolve("plane");
    List<String> before = machine();
    try (RealNode node = RealNode.start(plane)) {
      runPod(node.controlPlane().admin());
      assertThat(machine()).as("what a running node shows").isNotEqualTo(before);
      assertThat(processes(plane)).anyMatch(command -> command.contains("kubelet"));
    }

    assertNothingLeft(plane, before);
  }

  @Test
  void nothing_is_left_when_its_supervisor_is_killed_and_the_next_one_tidies_up(
      @TempDir Path folder) throws Exception {
    Path plane = folder.resolve("plane");
    List<String> before = machine();
    try (RealNode node = RealNode.start(plane)) {
      runPod(node.controlPlane().admin());
      ProcessHandle supervisor =
          ProcessHandle.current()
              .children()
              .filter(child -> commandLine(child).contains(plane.toString()))
              .findFirst()
              .orElseThrow();

      supervisor.destroyForcibly();
    }

    await().atMost(LIMIT).untilAsserted(() -> assertThat(processes(plane)).isEmpty());
    stop(plane);
    assertNothingLeft(plane, before);
  }

  private static void assertNothingLeft(Path plane, List<String> before) throws Exception {
    assertThat(processes(plane)).isEmpty();
    assertThat(machine()).isEqualTo(before);
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(plane.toString());
    assertThat(plane.resolve("node")).doesNotExist();
    assertThat(plane.resolve("logs/kubelet.log")).as("logs are kept").isNotEmptyFile();
  }

  private static void runPod(KubernetesClient admin) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("web")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("echo")
            .withImage(RealNode.ECHO_IMAGE)
            .withArgs("serve", ":8080")
            .endContainer()
            .endSpec()
            .build();
    admin.resource(pod).create();
    admin.resource(pod).waitUntilReady(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Command lines of all processes that name the folder. */
  private static List<String> processes(Path folder) {
    return ProcessHandle.allProcesses()
        .map(RealNodeCleanupIT::commandLine)
        .filter(command -> command.contains(folder.toString()))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
          .replace('\0', ' ');
    } catch (IOException e) {
      return ""; // it has ended
    }
  }

  /** Links, routes, packet filters and control groups of the machine. */
  private static List<String> machine() throws Exception {
    List<String> all = new ArrayList<>();
    all.add(output("ip", "-brief", "link", "show", "type", "veth"));
    all.add(output("ip", "route"));
    all.add(output("nft", "list", "tables"));
    all.add(output("ipset", "list", "-name"));
    try (Stream<Path> groups =
        Files.find(Path.of("/sys/fs/cgroup"), 2, (path, attributes) -> true)) {
      groups
          .filter(path -> path.getFileName().toString().startsWith("comptroller"))
          .map(Path::toString)
          .sorted()
          .forEach(all::add);
    }
    return all;
  }

  private static void stop(Path plane) throws Exception {
    output(Checkout.current().controlPlaneScript().toString(), "stop", "--dir", plane.toString());
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), text).isZero();
    return text;
  }
}
