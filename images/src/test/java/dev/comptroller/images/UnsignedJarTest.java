package dev.comptroller.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsignedJarTest {
  @TempDir private Path folder;

  @Test
  void a_jar_without_signature_files_needs_no_other() throws IOException {
    Path jar = jar(Map.of("META-INF/LICENSE", "free", "a/B.class", "code"));

    assertThat(UnsignedJar.isNeededFor(jar)).isFalse();
  }

  @Test
  void signature_files_are_left_out_and_everything_else_is_kept() throws IOException {
    Path signed =
        jar(
            Map.of(
                "META-INF/BC.SF", "digests",
                "META-INF/BC.DSA", "signature",
                "META-INF/versions/9/a/B.class", "newer code",
                "a/B.class", "code"));
    Path target = folder.resolve("unsigned.jar");

    UnsignedJar.write(signed, target);

    assertThat(UnsignedJar.isNeededFor(signed)).isTrue();
    assertThat(UnsignedJar.isNeededFor(target)).isFalse();
    try (JarFile unsigned = new JarFile(target.toFile())) {
      assertThat(unsigned.stream().map(JarEntry::getName))
          .containsExactlyInAnyOrder(
              "META-INF/MANIFEST.MF", "META-INF/versions/9/a/B.class", "a/B.class");
      assertThat(unsigned.getInputStream(unsigned.getEntry("a/B.class"))).hasContent("code");
    }
  }

  @Test
  void the_manifest_says_the_same_but_for_digests() throws IOException {
    Path target = folder.resolve("unsigned.jar");

    UnsignedJar.write(jar(Map.of("META-INF/BC.SF", "digests")), target);

    try (JarFile unsigned = new JarFile(target.toFile())) {
      Manifest manifest = unsigned.getManifest();
      assertThat(manifest.getMainAttributes().getValue("Multi-Release")).isEqualTo("true");
      assertThat(manifest.getEntries()).containsOnlyKeys("a/");
      assertThat(manifest.getAttributes("a/").getValue("Sealed")).isEqualTo("true");
    }
  }

  @Test
  void two_copies_are_the_same_bytes() throws IOException {
    Path signed = jar(Map.of("META-INF/BC.SF", "digests", "a/B.class", "code"));

    UnsignedJar.write(signed, folder.resolve("one.jar"));
    UnsignedJar.write(signed, folder.resolve("two.jar"));

    assertThat(folder.resolve("one.jar")).hasSameBinaryContentAs(folder.resolve("two.jar"));
  }

  /** A jar with these entries, and a manifest as signing leaves it. */
  private Path jar(Map<String, String> entries) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Multi-Release", "true");
    manifest.getEntries().put("a/", attributes("Sealed", "true"));
    manifest.getEntries().put("a/B.class", attributes("SHA-256-Digest", "AAAA"));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    manifest.write(written);
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put(JarFile.MANIFEST_NAME, written.toByteArray());
    entries.forEach((name, text) -> all.put(name, text.getBytes(StandardCharsets.UTF_8)));
    Path jar = folder.resolve("signed.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> entry : all.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return jar;
  }

  private static Attributes attributes(String name, String value) {
    Attributes attributes = new Attributes();
    attributes.putValue(name, value);
    return attributes;
  }
}
