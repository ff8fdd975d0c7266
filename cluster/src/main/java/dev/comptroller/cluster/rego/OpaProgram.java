package dev.comptroller.cluster.rego;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comptroller.cluster.rego.Compilation.Compiled;
import dev.comptroller.cluster.rego.Compilation.Refused;
import dev.comptroller.cluster.rego.Compilation.Unavailable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code opa} program, used as a compiler only. It sees one rule at a time, so no rule extends
 * another's package, and knows only built-ins that the evaluator has: no network, no clock, no
 * randomness, no look at the process.
 */
final class OpaProgram {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MODULE_LIMIT = 8 << 20;
  private static final int OUTPUT_LIMIT = 1 << 20;
  private static final String RULE_FILE = "rule.rego";
  private static final String ALLOW = "comptroller/allow";
  private static final String DENY = "comptroller/deny";
  private static final Pattern LOCATED =
      Pattern.compile(RULE_FILE + ":(\\d+): (?:rego_\\w+_error: )?(.*)");
  private static final Pattern NO_ENTRYPOINT =
      Pattern.compile("entrypoint \"([^\"]+)\" does not refer to a rule");

  private final String program;
  private @Nullable String capabilities;

  /**
   * @param program a path, or a name that is looked up in PATH
   */
  OpaProgram(String program) {
    this.program = program;
  }

  /** Compiles one rule. */
  Compilation compile(String rego) {
    try {
      Path directory = Files.createTempDirectory("comptroller-rego");
      try {
        return compileIn(directory, rego);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      return new Unavailable("cannot run " + program + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable("interrupted while compiling");
    }
  }

  private Compilation compileIn(Path directory, String rego)
      throws IOException, InterruptedException {
    Files.writeString(directory.resolve(RULE_FILE), rego);
    Files.writeString(directory.resolve("capabilities.json"), capabilities(directory));
    Output output = build(directory, List.of(ALLOW, DENY));
    boolean explains = true;
    if (DENY.equals(missingEntrypoint(output))) {
      explains = false;
      output = build(directory, List.of(ALLOW));
    }
    if (output.status != 0) {
      return new Refused(problems(output));
    }
    return new Compiled(module(directory.resolve("bundle.tar.gz")), explains);
  }

  private Output build(Path directory, List<String> entrypoints)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("build", "--target", "wasm"));
    for (String entrypoint : entrypoints) {
      arguments.addAll(List.of("--entrypoint", entrypoint));
    }
    arguments.addAll(
        List.of("--capabilities", "capabilities.json", "--output", "bundle.tar.gz", RULE_FILE));
    return run(directory, arguments);
  }

  private static @Nullable String missingEntrypoint(Output output) {
    Matcher missing = NO_ENTRYPOINT.matcher(output.text);
    return output.status != 0 && missing.find() ? missing.group(1) : null;
  }

  private static List<String> problems(Output output) {
    String missing = missingEntrypoint(output);
    if (missing != null) {
      return List.of("line 1: the rule has to define data." + missing.replace('/', '.'));
    }
    List<String> located =
        LOCATED
            .matcher(output.text)
            .results()
            .map(found -> "line " + found.group(1) + ": " + explain(found.group(2).strip()))
            .toList();
    return located.isEmpty() ? List.of(output.text.strip()) : located;
  }

  private static String explain(String error) {
    return error.startsWith("undefined function ")
        ? error + " (no such built-in in rules; they reach no network, clock or randomness)"
        : error;
  }

  /** The program's own capabilities without every built-in that is not listed. */
  private synchronized String capabilities(Path directory)
      throws IOException, InterruptedException {
    if (capabilities == null) {
      Output output = run(directory, List.of("capabilities", "--current"));
      if (output.status != 0) {
        throw new IOException("capabilities: " + output.text.strip());
      }
      ObjectNode all = (ObjectNode) JSON.readTree(output.text);
      Set<String> known = builtins();
      ArrayNode kept = JSON.createArrayNode();
      for (JsonNode builtin : all.path("builtins")) {
        if (known.contains(builtin.path("name").asText())) {
          kept.add(builtin);
        }
      }
      all.set("builtins", kept);
      all.putArray("allow_net");
      capabilities = JSON.writeValueAsString(all);
    }
    return capabilities;
  }

  private static Set<String> builtins() throws IOException {
    try (InputStream list = OpaProgram.class.getResourceAsStream("builtins.txt")) {
      if (list == null) {
        throw new IOException("builtins.txt is not on the class path");
      }
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  private Output run(Path directory, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(arguments);
    Path text = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(text.toFile())
            .start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("no answer within " + PATIENCE.toSeconds() + " s");
      }
    } finally {
      process.destroyForcibly();
    }
    try (InputStream written = Files.newInputStream(text)) {
      return new Output(
          process.exitValue(),
          new String(written.readNBytes(OUTPUT_LIMIT), StandardCharsets.UTF_8));
    }
  }

  private static byte[] module(Path bundle) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(new BufferedInputStream(Files.newInputStream(bundle))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.getName().endsWith("policy.wasm")) {
          byte[] module = tar.readNBytes(MODULE_LIMIT + 1);
          if (module.length > MODULE_LIMIT) {
            throw new IOException("the compiled rule exceeds " + MODULE_LIMIT + " bytes");
          }
          return module;
        }
      }
    }
    throw new IOException("the bundle holds no policy.wasm");
  }

  private static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the program is: this setting, else the environment's OPA, else {@code opa} in PATH. */
  static String locate(Optional<String> setting) {
    return setting.or(() -> Optional.ofNullable(System.getenv("OPA"))).orElse("opa");
  }

  private record Output(int status, String text) {}
}
