package dev.comptroller.bench.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The same objects from bytes: the least that any webhook has to do, to compare with. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ParsingBenchmark {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** What is parsed. */
  @Param public Subject subject = Subject.JOB;

  private byte[] json = {};

  @Setup
  public void prepare() {
    json = subject.object().json().toString().getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  public JsonNode parse() throws IOException {
    return MAPPER.readTree(json);
  }
}
