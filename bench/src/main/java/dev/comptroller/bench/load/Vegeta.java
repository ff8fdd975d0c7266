package dev.comptroller.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.testkit.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The load generator: sends requests at a rate, whether or not earlier ones are answered.
 *
 * @param folder where requests and answers are written
 * @param options of its TLS connections
 */
record Vegeta(Path program, Path folder, List<String> options) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Requests that wait for an answer at once, at most; more would not be open loop. */
  private static final int MOST_IN_FLIGHT = 5000;

  /** A request with a body in JSON, or with an empty one, that is sent again and again. */
  record Request(String method, String url, String body) {

    private ObjectNode target() {
      ObjectNode target = JSON.createObjectNode();
      target
          .put("method", method)
          .put("url", url)
          .put("body", body.getBytes(StandardCharsets.UTF_8));
      target.putObject("header").putArray("Content-Type").add("application/json");
      return target;
    }
  }

  /** A generator that trusts these authorities (PEM), and shows no certificate of its own. */
  static Vegeta trusting(String authorities, Path folder) {
    return new Vegeta(
        Checkout.current().tool("vegeta"),
        folder,
        List.of("-root-certs=" + file(folder, "authorities.pem", authorities)));
  }

  /** The same, which shows a client certificate. */
  Vegeta showing(String certificate, String key) {
    return new Vegeta(
        program,
        folder,
        Stream.concat(
                options.stream(),
                Stream.of(
                    "-cert=" + file(folder, "client.crt", certificate),
                    "-key=" + file(folder, "client.key", key)))
            .toList());
  }

  /**
   * Sends these requests in turn, at a rate of so many a second.
   *
   * @throws IllegalStateException if the generator fails; answers that are errors are results
   */
  Answers attack(List<Request> requests, int rate, Duration duration) {
    Path targets =
        file(
            folder,
            "requests.json",
            String.join("\n", requests.stream().map(Request::target).map(String::valueOf).toList())
                + "\n");
    Path results = folder.resolve("results.bin");
    List<String> attack =
        new ArrayList<>(
            List.of(
                program.toString(),
                "attack",
                "-format=json",
                "-targets=" + targets,
                "-rate=" + rate + "/1s",
                "-duration=" + duration.toMillis() + "ms",
                "-max-workers=" + MOST_IN_FLIGHT,
                "-timeout=10s",
                "-output=" + results));
    attack.addAll(options);
    run(attack);
    Path answers = folder.resolve("results.json");
    run(
        List.of(
            program.toString(), "encode", "-to=json", "-output=" + answers, results.toString()));
    try (MappingIterator<JsonNode> each =
        JSON.readerFor(JsonNode.class).readValues(answers.toFile())) {
      List<Answers.Answer> all = new ArrayList<>();
      while (each.hasNextValue()) {
        all.add(answer(each.nextValue()));
      }
      return new Answers(rate, all);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + answers, e);
    }
  }

  /** One of its results. */
  static Answers.Answer answer(JsonNode result) {
    return new Answers.Answer(
        Instant.parse(result.path("timestamp").asText()),
        result.path("code").asInt(),
        Duration.ofNanos(result.path("latency").asLong()),
        result.path("error").asText(),
        new String(
            Base64.getDecoder().decode(result.path("body").asText("")), StandardCharsets.UTF_8));
  }

  private static Path file(Path folder, String name, String content) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(folder);
      return Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  private static void run(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Map.of("GOGC", "400"));
    try {
      Process process = builder.inheritIO().start();
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(command + " ended with exit code " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + command.getFirst(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while running " + command.getFirst(), e);
    }
  }
}
