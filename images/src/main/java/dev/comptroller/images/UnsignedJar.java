package dev.comptroller.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A signed jar without its signature. An ahead-of-time cache takes no class of a signed jar, and
 * Java checks each as it loads it; in an image the image's digest vouches for them all.
 */
final class UnsignedJar {
  private static final Pattern SIGNATURE = Pattern.compile("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");

  private UnsignedJar() {}

  /** Whether a jar is signed. */
  static boolean isNeededFor(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return zip.stream().anyMatch(UnsignedJar::isSignature);
    }
  }

  /** Writes what a signed jar holds, in its order, without signatures and digests of entries. */
  static void write(Path signed, Path target) throws IOException {
    try (ZipFile source = new ZipFile(signed.toFile());
        OutputStream file = Files.newOutputStream(target);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (ZipEntry entry : source.stream().toList()) {
        if (isSignature(entry)) {
          continue;
        }
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        zip.putNextEntry(copy);
        try (InputStream content = source.getInputStream(entry)) {
          if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
            withoutDigests(new Manifest(content)).write(zip);
          } else {
            content.transferTo(zip);
          }
        }
        zip.closeEntry();
      }
    }
  }

  /** Whether an entry of a jar belongs to its signature. */
  static boolean isSignature(ZipEntry entry) {
    return SIGNATURE.matcher(entry.getName().toUpperCase(Locale.ROOT)).matches();
  }

  private static Manifest withoutDigests(Manifest signed) {
    Manifest manifest = new Manifest(signed);
    for (Attributes attributes : manifest.getEntries().values()) {
      attributes.keySet().removeIf(name -> name.toString().contains("-Digest"));
    }
    manifest.getEntries().values().removeIf(Attributes::isEmpty);
    return manifest;
  }
}
