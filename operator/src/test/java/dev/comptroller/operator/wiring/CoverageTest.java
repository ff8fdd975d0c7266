package dev.comptroller.operator.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':1}             | {'a':1}             | true",
        "{'a':1,'b':2}       | {'a':1}             | true",
        "{'a':2}             | {'a':1}             | false",
        "{}                  | {'a':1}             | false",
        "{}                  | {'a':{}}            | false",
        "{'a':{}}            | {'a':{}}            | true",
        "{'a':[1,2]}         | {'a':[1]}           | false",
        "{'a':[2,1]}         | {'a':[1,2]}         | false",
        "{'a':[{'b':1,'c':2}]} | {'a':[{'b':1}]}   | true",
        "{'a':'1'}           | {'a':1}             | false",
      })
  void an_object_is_covered_when_every_desired_field_stands_in_it(
      String actual, String desired, boolean covered) throws JsonProcessingException {
    assertThat(
            Coverage.covers(
                MAPPER.readTree(actual.replace('\'', '"')),
                MAPPER.readTree(desired.replace('\'', '"'))))
        .isEqualTo(covered);
  }
}
