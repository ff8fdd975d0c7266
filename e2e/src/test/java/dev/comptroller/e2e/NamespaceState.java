package dev.comptroller.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.APIGroup;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Everything that a namespace holds, of whatever kind.
 *
 * @param objects as stored
 */
record NamespaceState(List<JsonNode> objects) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.SPLIT_LINES).build();

  /** Kinds that tell what happened, not what is. */
  private static final Set<String> OF_THE_PAST = Set.of("Event", "Lease", "ControllerRevision");

  private static final Map<Pattern, String> VOLATILE =
      Map.of(
          Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "<uid>",
          Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z"), "<time>",
          Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+"), "<address>",
          // Signatures, and with them plan digests, name the namespace.
          Pattern.compile("sha256:[0-9a-f]{64}\""), "<digest>\"",
          Pattern.compile("\\b[0-9a-f]{16}\\b"), "<digest>");

  NamespaceState {
    objects = List.copyOf(objects);
  }

  /** What these namespaces hold now, by name. */
  static Map<String, NamespaceState> of(KubernetesClient admin, Collection<String> namespaces) {
    Map<String, List<JsonNode>> found =
        kinds(admin)
            .flatMap(
                kind ->
                    admin
                        .genericKubernetesResources(kind)
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .stream())
            .filter(object -> namespaces.contains(object.getMetadata().getNamespace()))
            .map(NamespaceState::json)
            .collect(groupingBy(object -> object.at("/metadata/namespace").asText()));
    Map<String, NamespaceState> states = new HashMap<>();
    namespaces.forEach(
        name -> states.put(name, new NamespaceState(found.getOrDefault(name, List.of()))));
    return states;
  }

  /** What one namespace holds now. */
  static NamespaceState of(KubernetesClient admin, String namespace) {
    return Objects.requireNonNull(of(admin, List.of(namespace)).get(namespace));
  }

  /** Those of a kind. */
  List<JsonNode> ofKind(String kind) {
    return objects.stream().filter(object -> object.path("kind").asText().equals(kind)).toList();
  }

  /** Those whose owner is not there. */
  List<String> orphans() {
    Set<String> present =
        objects.stream()
            .map(object -> object.at("/metadata/uid").asText())
            .collect(toUnmodifiableSet());
    return objects.stream()
        .filter(
            object ->
                StreamSupport.stream(object.at("/metadata/ownerReferences").spliterator(), false)
                    .anyMatch(owner -> !present.contains(owner.path("uid").asText())))
        .map(NamespaceState::title)
        .toList();
  }

  /**
   * All of it, without what differs from one time to the next: uids, times, addresses, nodes,
   * generated names, digests of what names the namespace, and how often something was changed.
   */
  Map<String, String> texts() {
    Map<String, String> texts = new TreeMap<>();
    for (JsonNode object : objects) {
      if (!isHistory(object)) {
        ObjectNode copy = object.deepCopy();
        forget(copy);
        texts.merge(stable(title(object)), stable(yaml(copy)), String::concat);
      }
    }
    return texts;
  }

  /** What is not as it was, each object as it is and as it was; empty where all is. */
  static List<String> differences(Map<String, String> before, Map<String, String> now) {
    Set<String> titles = new TreeSet<>(before.keySet());
    titles.addAll(now.keySet());
    return titles.stream()
        .filter(title -> !Objects.equals(before.get(title), now.get(title)))
        .map(title -> "now:\n%s\nbefore:\n%s".formatted(now.get(title), before.get(title)))
        .toList();
  }

  /** What a Deployment keeps of an earlier template, to roll back to. */
  private static boolean isHistory(JsonNode object) {
    return object.path("kind").asText().equals("ReplicaSet")
        && object.at("/spec/replicas").asInt() == 0;
  }

  private static void forget(ObjectNode object) {
    ObjectNode metadata = object.withObject("/metadata");
    metadata.remove(
        List.of("uid", "resourceVersion", "creationTimestamp", "generation", "managedFields"));
    JsonNode annotations = metadata.path("annotations");
    if (annotations instanceof ObjectNode each) {
      each.properties().removeIf(entry -> entry.getKey().contains("signature"));
      each.properties().removeIf(entry -> entry.getKey().contains("/revision"));
      each.properties().removeIf(entry -> entry.getKey().contains("/last-change-trigger-time"));
      if (each.isEmpty()) {
        metadata.remove("annotations");
      }
    }
    object.findParents("nodeName").forEach(parent -> ((ObjectNode) parent).remove("nodeName"));
    if (object.path("status") instanceof ObjectNode status) {
      status.remove(List.of("revision", "observedGeneration"));
      if (status.path("conditions") instanceof ArrayNode conditions) {
        // They stand in the order in which they changed, and a Job that was suspended once keeps
        // saying that it no longer is.
        List<JsonNode> sorted =
            StreamSupport.stream(conditions.spliterator(), false)
                .filter(condition -> !condition.path("reason").asText().equals("JobResumed"))
                .sorted(Comparator.comparing(condition -> condition.path("type").asText()))
                .toList();
        conditions.removeAll().addAll(sorted);
        if (conditions.isEmpty()) {
          status.remove("conditions");
        }
      }
      if (status.path("gpuHours") instanceof ObjectNode hours) {
        hours.remove("used");
      }
      status
          .findParents("observedGeneration")
          .forEach(parent -> ((ObjectNode) parent).remove("observedGeneration"));
    }
  }

  private String stable(String text) {
    String stable = text;
    for (JsonNode object : objects) {
      String generated = object.at("/metadata/generateName").asText();
      if (!generated.isEmpty()) {
        stable = stable.replace(object.at("/metadata/name").asText(), generated + "<suffix>");
      }
    }
    for (JsonNode object : objects) {
      stable = stable.replace(object.at("/metadata/namespace").asText(), "<namespace>");
    }
    for (Map.Entry<Pattern, String> entry : VOLATILE.entrySet()) {
      stable = entry.getKey().matcher(stable).replaceAll(entry.getValue());
    }
    return stable;
  }

  private static String title(JsonNode object) {
    return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
  }

  private static String yaml(JsonNode object) {
    try {
      return YAML.writeValueAsString(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(GenericKubernetesResource resource) {
    return JSON.valueToTree(resource);
  }

  private static Stream<ResourceDefinitionContext> kinds(KubernetesClient admin) {
    Stream<String> versions =
        Stream.concat(
            Stream.of("v1"),
            admin.getApiGroups().getGroups().stream()
                .map(APIGroup::getPreferredVersion)
                .map(version -> version.getGroupVersion()));
    return versions.flatMap(
        version ->
            admin.getApiResources(version).getResources().stream()
                .filter(resource -> resource.getNamespaced())
                .filter(resource -> resource.getVerbs().contains("list"))
                .filter(resource -> !OF_THE_PAST.contains(resource.getKind()))
                .map(resource -> ResourceDefinitionContext.fromApiResource(version, resource)));
  }
}
