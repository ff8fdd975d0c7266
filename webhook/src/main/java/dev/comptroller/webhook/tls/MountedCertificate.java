package dev.comptroller.webhook.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * {@code tls.crt} and {@code tls.key} of a directory that somebody else keeps up to date, such as a
 * Secret of cert-manager that the kubelet mounts. Trust in it is published by whoever writes it.
 */
public record MountedCertificate(Path directory) implements CertificateSource {
  private static final long LARGEST = 1024 * 1024;

  @Override
  public ServingPair current(Instant now) throws UnusableCertificateException {
    try {
      // The kubelet swaps the link "..data": both files are read from one side of the swap.
      Path linked = directory.resolve("..data");
      Path files = Files.exists(linked) ? linked.toRealPath() : directory;
      return ServingPair.read(read(files.resolve("tls.crt")), read(files.resolve("tls.key")));
    } catch (IOException e) {
      throw new UnusableCertificateException(
          "tls.crt and tls.key of " + directory + " cannot be read", e);
    }
  }

  @Override
  public boolean published() {
    return true;
  }

  private static String read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(file.getFileName() + " is larger than " + LARGEST + " bytes");
    }
    return Files.readString(file);
  }
}
