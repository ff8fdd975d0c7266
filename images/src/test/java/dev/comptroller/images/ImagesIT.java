package dev.comptroller.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comptroller.core.object.Digest;
import dev.comptroller.testkit.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(BuiltImages.class)
class ImagesIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int SET_USER_OR_GROUP = 06000;
  private static final int EXECUTABLE = 0111;

  private final BuiltImages.Images images;

  ImagesIT(BuiltImages.Images images) {
    this.images = images;
  }

  @BeforeAll
  static void possible() throws Exception {
    Container.assumePossible();
  }

  @Test
  void two_builds_give_one_digest(@TempDir Path elsewhere) throws IOException {
    List<Image> again = BuiltImages.build(elsewhere.resolve("a-path-of-another-length/images"));

    assertThat(again)
        .extracting(Image::digest)
        .isEqualTo(images.built().stream().map(Image::digest).toList());
    for (int i = 0; i < again.size(); i++) {
      assertThat(again.get(i).archive()).hasSameBinaryContentAs(images.built().get(i).archive());
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_file_is_owned_by_root_and_writable_by_nobody_else(Program program) {
    assertThat(images.of(program).files())
        .isNotEmpty()
        .allSatisfy(
            file -> {
              assertThat(file.getLongUserId()).isZero();
              assertThat(file.getLongGroupId()).isZero();
              assertThat(file.getMode() & (WRITABLE_BY_OTHERS | SET_USER_OR_GROUP)).isZero();
            });
  }

  @ParameterizedTest
  @EnumSource
  void nothing_but_java_opa_and_the_loader_can_be_executed(Program program) {
    assertThat(images.of(program).files())
        .filteredOn(TarArchiveEntry::isFile)
        .filteredOn(file -> (file.getMode() & EXECUTABLE) != 0)
        .extracting(TarArchiveEntry::getName)
        .filteredOn(name -> !name.contains("/ld-linux") && !name.contains(".so"))
        .containsExactlyInAnyOrder(
            "opt/java/bin/java",
            // Starts opa for Java.
            "opt/java/lib/jspawnhelper",
            "usr/local/bin/opa");
  }

  @ParameterizedTest
  @EnumSource
  void the_user_is_not_root_and_is_given_by_number(Program program) {
    assertThat(images.of(program).user()).matches("[1-9]\\d*:[1-9]\\d*");
  }

  @ParameterizedTest
  @EnumSource
  void the_entry_point_prints_help(Program program, @TempDir Path shared) throws Exception {
    Container.Result help = Container.run(container(program, shared).entrypoint("--help"));

    assertThat(help.output()).contains("Usage: ").doesNotContain("Exception");
    assertThat(help.exitCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void the_ahead_of_time_cache_fits_the_image(Program program, @TempDir Path shared)
      throws Exception {
    List<String> command = new ArrayList<>(images.of(program).entrypoint());
    // Without this a cache that does not fit is passed over in silence.
    command.add(1, "-XX:AOTMode=on");
    command.add("--help");

    Container.Result help = Container.run(container(program, shared).command(command));

    assertThat(help.output()).contains("Usage: ");
    assertThat(help.exitCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void every_security_provider_that_is_named_is_there(Program program, @TempDir Path shared)
      throws Exception {
    Path security = images.of(program).root().resolve("opt/java/conf/security/java.security");
    List<String> named =
        Pattern.compile("(?m)^security\\.provider\\.\\d+=(\\S+)$")
            .matcher(Files.readString(security))
            .results()
            .map(provider -> provider.group(1))
            .toList();

    Container.Result settings =
        Container.run(
            container(program, shared)
                .command(
                    List.of(
                        "/opt/java/bin/java", "-XshowSettings:security:providers", "-version")));

    assertThat(named).contains("SUN", "SunJSSE");
    assertThat(settings.output().lines().map(String::strip))
        .containsAll(named.stream().map(name -> "Provider name: " + name).toList());
  }

  @Test
  void the_root_of_a_container_is_read_only_to_its_programs(@TempDir Path shared) throws Exception {
    Container.Result build =
        Container.run(
            container(Program.WEBHOOK, shared)
                .command(List.of("/usr/local/bin/opa", "build", "-o", "/app/x", "/etc/passwd")));

    assertThat(build.exitCode()).isNotZero();
    assertThat(images.of(Program.WEBHOOK).root().resolve("app/x")).doesNotExist();
  }

  @Test
  void opa_of_the_image_compiles_rules(@TempDir Path shared) throws Exception {
    Files.writeString(
        shared.resolve("rule.rego"), "package comptroller\n\ndefault allow := true\n");
    String path = shared.toAbsolutePath().toString();

    Container.Result build =
        Container.run(
            container(Program.OPERATOR, shared)
                .command(
                    List.of(
                        "/usr/local/bin/opa",
                        "build",
                        "--target=wasm",
                        "--entrypoint=comptroller/allow",
                        "--output=/tmp/bundle.tar.gz",
                        path + "/rule.rego")));

    assertThat(build.output()).isEmpty();
    assertThat(build.exitCode()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void the_bill_of_materials_lists_jars_java_modules_and_what_opa_was_built_from(Program program)
      throws IOException {
    Image image = built(program);
    JsonNode bill = JSON.readTree(image.billOfMaterials().toFile());

    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bill.at("/metadata/component/version").asText())
        .isEqualTo(image.digest().toString());
    assertThat(bill.findValuesAsText("name"))
        .contains(program.id(), "core", "jackson-databind", "java.base", "java.net.http")
        .contains("github.com/open-policy-agent/opa")
        .anyMatch(name -> name.endsWith("/libc.so.6"));
  }

  @ParameterizedTest
  @EnumSource
  void the_provenance_names_the_digest_the_commit_and_every_library(Program program)
      throws IOException {
    Image image = built(program);
    JsonNode statement = JSON.readTree(image.provenance().toFile());

    assertThat(statement.at("/_type").asText()).isEqualTo("https://in-toto.io/Statement/v1");
    assertThat(statement.at("/subject/0/digest/sha256").asText())
        .isEqualTo(images.of(program).digest().hex());
    JsonNode materials = statement.at("/predicate/buildDefinition/resolvedDependencies");
    assertThat(materials.at("/0/digest/gitCommit").asText()).matches("[0-9a-f]{40}");
    for (Path jar : libraries(program)) {
      assertThat(digestOf(materials, jar.getFileName().toString()))
          .isEqualTo(Digest.of(Files.readAllBytes(jar)).hex());
    }
  }

  @ParameterizedTest
  @EnumSource
  void libraries_are_as_published_but_for_signatures_that_would_keep_them_out_of_the_cache(
      Program program) throws IOException {
    Path folder = images.of(program).root().resolve("app/lib");

    assertThat(folder).isDirectoryNotContaining(ImagesIT::isSigned);
    for (Path jar : libraries(program)) {
      Path inImage = folder.resolve(jar.getFileName().toString());
      if (isSigned(jar)) {
        assertThat(contents(inImage)).isEqualTo(contents(jar));
      } else {
        assertThat(inImage).hasSameBinaryContentAs(jar);
      }
    }
  }

  private static List<Path> libraries(Program program) throws IOException {
    Path checkout = Checkout.current().path("").toAbsolutePath().normalize();
    return ApplicationJars.of(checkout, program.id()).libraries();
  }

  private static boolean isSigned(Path jar) {
    try {
      return UnsignedJar.isNeededFor(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Digests of what a jar holds, but for manifest and signature. */
  private static Map<String, Digest> contents(Path jar) throws IOException {
    Map<String, Digest> contents = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (!UnsignedJar.isSignature(entry) && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
          contents.put(entry.getName(), Digest.of(zip.getInputStream(entry).readAllBytes()));
        }
      }
    }
    return contents;
  }

  @Test
  void the_values_beside_the_images_name_them_by_digest() throws IOException {
    Path values = built(Program.WEBHOOK).archive().resolveSibling("values.yaml");

    assertThat(Files.readString(values))
        .isEqualTo(
            """
            operator:
              image: {repository: localhost/comptroller/operator, digest: "%s"}
            webhook:
              image: {repository: localhost/comptroller/webhook, digest: "%s"}
            """
                .formatted(
                    images.of(Program.OPERATOR).digest(), images.of(Program.WEBHOOK).digest()));
  }

  private static String digestOf(JsonNode materials, String name) {
    return StreamSupport.stream(materials.spliterator(), false)
        .filter(material -> material.path("name").asText().equals(name))
        .map(material -> material.at("/digest/sha256").asText())
        .findFirst()
        .orElse("");
  }

  private Image built(Program program) {
    return images.built().stream()
        .filter(image -> image.program() == program)
        .findFirst()
        .orElseThrow();
  }

  private Container container(Program program, Path shared) {
    return new Container(images.of(program), shared);
  }
}
