package dev.comptroller.cli.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Changes YAML below its values, so that order, quoting and comments stay. */
final class YamlEditor {
  private static final LoadSettings READ =
      LoadSettings.builder().setParseComments(true).setSchema(new CoreSchema()).build();
  private static final DumpSettings WRITE =
      DumpSettings.builder()
          .setDumpComments(true)
          .setSplitLines(false)
          .setWidth(Integer.MAX_VALUE)
          .setSchema(new CoreSchema())
          .build();

  private YamlEditor() {}

  /** The text with changes made to its objects, which are counted as {@code ManifestText} does. */
  static String edit(String text, Map<Integer, List<Change>> changes) {
    List<Node> documents = new ArrayList<>();
    List<MappingNode> objects = new ArrayList<>();
    for (Node document : new Compose(READ).composeAllFromString(text)) {
      documents.add(document);
      collect(document, objects);
    }
    changes.forEach((index, list) -> list.forEach(change -> apply(objects.get(index), change)));
    List<String> written = documents.stream().map(YamlEditor::written).toList();
    return String.join("---\n", written);
  }

  private static String written(Node document) {
    return new Present(WRITE).emitToString(new Serialize(WRITE).serializeOne(document).iterator());
  }

  private static void collect(Node node, List<MappingNode> objects) {
    if (!(node instanceof MappingNode mapping)) {
      return;
    }
    Optional<Node> items = value(mapping, "items");
    boolean list =
        value(mapping, "kind")
            .filter(ScalarNode.class::isInstance)
            .map(kind -> ((ScalarNode) kind).getValue().endsWith("List"))
            .orElse(false);
    if (list && items.isPresent() && items.get() instanceof SequenceNode sequence) {
      sequence.getValue().forEach(item -> collect(item, objects));
    } else {
      objects.add(mapping);
    }
  }

  private static void apply(MappingNode object, Change change) {
    MappingNode parent = object;
    for (String name : change.path().subList(0, change.path().size() - 1)) {
      parent = child(parent, name);
    }
    String field = change.path().getLast();
    List<NodeTuple> tuples = new ArrayList<>(parent.getValue());
    int at = indexOf(tuples, field);
    if (change.value().isEmpty()) {
      if (at >= 0) {
        tuples.remove(at);
      }
    } else if (at >= 0) {
      tuples.set(at, new NodeTuple(tuples.get(at).getKeyNode(), text(change.value().get())));
    } else {
      tuples.add(new NodeTuple(key(field), text(change.value().get())));
    }
    parent.setValue(tuples);
  }

  /** The map of this name, made where there is none. */
  private static MappingNode child(MappingNode parent, String name) {
    Optional<Node> present = value(parent, name);
    if (present.isPresent() && present.get() instanceof MappingNode mapping) {
      return mapping;
    }
    MappingNode made = new MappingNode(Tag.MAP, new ArrayList<>(), FlowStyle.BLOCK);
    List<NodeTuple> tuples = new ArrayList<>(parent.getValue());
    NodeTuple tuple = new NodeTuple(key(name), made);
    int at = indexOf(tuples, name);
    if (at >= 0) {
      tuples.set(at, tuple);
    } else {
      tuples.add(tuple);
    }
    parent.setValue(tuples);
    return made;
  }

  private static Optional<Node> value(MappingNode mapping, String name) {
    int at = indexOf(mapping.getValue(), name);
    return at < 0 ? Optional.empty() : Optional.of(mapping.getValue().get(at).getValueNode());
  }

  private static int indexOf(List<NodeTuple> tuples, String name) {
    for (int i = 0; i < tuples.size(); i++) {
      if (tuples.get(i).getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static ScalarNode key(String name) {
    return new ScalarNode(Tag.STR, name, ScalarStyle.PLAIN);
  }

  private static ScalarNode text(String value) {
    return new ScalarNode(Tag.STR, value, ScalarStyle.SINGLE_QUOTED);
  }
}
