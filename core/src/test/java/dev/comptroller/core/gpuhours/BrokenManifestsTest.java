package dev.comptroller.core.gpuhours;

import static dev.comptroller.core.accelerator.Catalogues.NVIDIA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.workload.Reading;
import dev.comptroller.core.workload.Surroundings;
import dev.comptroller.core.workload.WorkloadReader;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Valid manifests with one value replaced by something that does not belong there. */
class BrokenManifestsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String GPU = "nvidia.com/gpu";

  @Property(tries = 5000)
  void reading_never_fails_and_an_accelerator_is_never_free(
      @ForAll("cases") JsonNode aCase, @ForAll int place, @ForAll("junk") JsonNode junk) {
    ObjectNode broken = aCase.path("workload").deepCopy();
    replace(broken, place, junk);
    Surroundings around = Surroundings.of(context(aCase));

    Reading reading = WorkloadReader.read(new KubernetesObject(broken), around);

    if (reading instanceof Reading.Read read) {
      GpuHours hours = UpperBound.of(read.workload(), NVIDIA, around);
      boolean free =
          hours instanceof GpuHours.Bounded bounded && bounded.amount().equals(Amount.ZERO);
      assertThat(free && asksForAccelerators(broken) && startsPods(broken)).isFalse();
    }
  }

  @Provide
  Arbitrary<JsonNode> cases() throws IOException, URISyntaxException {
    List<JsonNode> cases = new ArrayList<>();
    for (Path file : CasesTest.cases()) {
      cases.add(YAML.readTree(file.toFile()));
    }
    return Arbitraries.of(cases);
  }

  @Provide
  Arbitrary<JsonNode> junk() {
    ArrayNode deep = YAML.createArrayNode();
    for (int i = 0; i < 500; i++) {
      deep = YAML.createArrayNode().add(deep);
    }
    return Arbitraries.of(
        YAML.nullNode(),
        YAML.getNodeFactory().booleanNode(true),
        YAML.getNodeFactory().numberNode(-1),
        YAML.getNodeFactory().numberNode(0),
        YAML.getNodeFactory().numberNode(1.5),
        YAML.getNodeFactory().numberNode(Double.POSITIVE_INFINITY),
        YAML.getNodeFactory().numberNode(Long.MAX_VALUE),
        YAML.getNodeFactory().numberNode(BigInteger.TWO.pow(4000)),
        YAML.getNodeFactory().textNode(""),
        YAML.getNodeFactory().textNode("Pod"),
        YAML.getNodeFactory().textNode("1e999999999"),
        YAML.getNodeFactory().textNode("25%"),
        YAML.getNodeFactory().textNode("x".repeat(100_000)),
        YAML.createArrayNode(),
        YAML.createArrayNode().addNull(),
        YAML.createObjectNode(),
        YAML.createObjectNode().putNull(""),
        deep);
  }

  @Property(tries = 2000)
  void what_else_a_cluster_holds_may_be_broken_too(
      @ForAll("cases") JsonNode aCase, @ForAll int place, @ForAll("junk") JsonNode junk) {
    ObjectNode broken = aCase.deepCopy();
    broken.retain("context");
    replace(broken, place, junk);
    Surroundings around = Surroundings.of(context(broken));
    KubernetesObject object = new KubernetesObject((ObjectNode) aCase.path("workload"));

    Reading reading = WorkloadReader.read(object, around);

    assertThat(reading).isNotNull();
    if (reading instanceof Reading.Read read) {
      assertThat(UpperBound.of(read.workload(), NVIDIA, around)).isNotNull();
    }
  }

  private static List<KubernetesObject> context(JsonNode aCase) {
    List<KubernetesObject> objects = new ArrayList<>();
    for (JsonNode object : aCase.path("context")) {
      if (object instanceof ObjectNode manifest) {
        objects.add(new KubernetesObject(manifest));
      }
    }
    return objects;
  }

  /** Replaces one value of the tree, chosen by a number. */
  private static void replace(ObjectNode root, int place, JsonNode junk) {
    List<Runnable> places = new ArrayList<>();
    collect(root, junk, places);
    places.get(Math.floorMod(place, places.size())).run();
  }

  private static void collect(JsonNode node, JsonNode junk, List<Runnable> places) {
    if (node instanceof ObjectNode object) {
      object.fieldNames().forEachRemaining(name -> places.add(() -> object.set(name, junk)));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        places.add(() -> array.set(index, junk));
      }
    }
    if (node instanceof ContainerNode<?>) {
      node.forEach(child -> collect(child, junk, places));
    }
  }

  private static boolean asksForAccelerators(JsonNode node) {
    for (String list : Set.of("containers", "initContainers")) {
      for (JsonNode containers : node.findValues(list)) {
        if (containers.findValuesAsText(GPU).stream().anyMatch(count -> count.matches("[1-9].*"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean startsPods(JsonNode manifest) {
    if (manifest.path("kind").asText().equals("Pod")
        && !manifest.at("/spec/containers").isArray()) {
      // No API server takes a pod without containers.
      return false;
    }
    return Stream.of("parallelism", "completions", "replicas", "maxReplicas", "numOfHosts", "max")
        .flatMap(name -> manifest.findValues(name).stream())
        .noneMatch(count -> count.isNumber() && count.asInt() == 0);
  }
}
