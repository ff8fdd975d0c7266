package dev.comptroller.core.normalform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.comptroller.core.normalform.Differences.Difference;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private static final JsonNode NOTHING = MissingNode.getInstance();

  @Test
  void an_object_that_one_side_lacks_is_told_by_its_first_value() throws Exception {
    assertThat(Differences.first(json("{'a': {'c': {}, 'b': {'x/y': 4}}}"), json("{}")))
        .hasValue(new Difference("/a/b/x~1y", IntNode.valueOf(4), NOTHING));
    assertThat(Differences.first(json("{}"), json("{'a': {'b': 4}}")))
        .hasValue(new Difference("/a/b", NOTHING, IntNode.valueOf(4)));
  }

  @Test
  void an_empty_object_that_one_side_lacks_is_a_difference_too() throws Exception {
    assertThat(Differences.first(json("{'a': {}}"), json("{}")))
        .hasValue(new Difference("/a", json("{}"), NOTHING));
  }

  @Test
  void an_element_too_many_is_told_as_a_whole() throws Exception {
    JsonNode more = json("{'a': [{'b': 1}, {'b': 2}]}");

    assertThat(Differences.first(more, json("{'a': [{'b': 1}]}")))
        .hasValue(new Difference("/a/1", json("{'b': 2}"), NOTHING));
    assertThat(Differences.first(json("{'a': [{'b': 3}]}"), more))
        .hasValue(new Difference("/a/0/b", IntNode.valueOf(3), IntNode.valueOf(1)));
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new JsonMapper().readTree(text.replace('\'', '"'));
  }
}
