package dev.comptroller.cli.manifest;

import dev.comptroller.cli.output.Documents;
import dev.comptroller.cluster.ManifestReader;
import dev.comptroller.core.object.KubernetesObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A text of manifests, to be written again with few changes.
 *
 * @param source what to call it in messages
 * @param text YAML or JSON, one or many documents
 * @param objects what it holds, lists taken apart
 */
public record ManifestText(String source, String text, List<KubernetesObject> objects) {

  public ManifestText {
    objects = List.copyOf(objects);
  }

  /**
   * Reads a text.
   *
   * @throws dev.comptroller.cluster.InvalidManifestException if it cannot be read as manifests
   */
  public static ManifestText read(String source, String text) {
    return new ManifestText(source, text, ManifestReader.read(source, text));
  }

  /** The objects with changes made, by their position. */
  public List<KubernetesObject> changed(Map<Integer, List<Change>> changes) {
    return IntStream.range(0, objects.size())
        .mapToObj(i -> ObjectChanges.apply(objects.get(i), changes.getOrDefault(i, List.of())))
        .toList();
  }

  /**
   * The text as YAML with changes made. Order, quoting and comments stay where YAML allows it; what
   * is written always reads as exactly the changed objects.
   */
  public String yaml(Map<Integer, List<Change>> changes) {
    List<KubernetesObject> wanted = changed(changes);
    String edited = YamlEditor.edit(text, changes);
    // A change inside an anchored part would show wherever an alias repeats it.
    return sameObjects(edited, wanted) ? edited : rewritten(wanted);
  }

  /** The changed objects as JSON: one object, or a List of several. */
  public String json(Map<Integer, List<Change>> changes) {
    List<KubernetesObject> wanted = changed(changes);
    if (wanted.size() == 1) {
      return Documents.json(wanted.getFirst().json());
    }
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("apiVersion", "v1");
    list.put("kind", "List");
    list.put("items", wanted.stream().map(KubernetesObject::json).toList());
    return Documents.json(list);
  }

  /** Whether it is written as JSON. */
  public boolean isJson() {
    String start = text.stripLeading();
    return start.startsWith("{") && start.contains("\"");
  }

  private boolean sameObjects(String edited, List<KubernetesObject> wanted) {
    try {
      return new ArrayList<>(ManifestReader.read(source, edited)).equals(wanted);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String rewritten(List<KubernetesObject> objects) {
    return objects.stream()
        .map(object -> Documents.yaml(object.json()))
        .collect(Collectors.joining("---\n"));
  }
}
