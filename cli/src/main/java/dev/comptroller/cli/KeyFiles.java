package dev.comptroller.cli;

import dev.comptroller.core.signature.FormatException;
import dev.comptroller.core.signature.SigningKey;
import dev.comptroller.core.signature.VerificationKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Keys in files. */
final class KeyFiles {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private KeyFiles() {}

  /** Reads a private key, and warns where others can read it, too. */
  static SigningKey signingKey(Path file, Console console) throws IOException {
    try {
      SigningKey key = SigningKey.fromPem(Files.readString(file, StandardCharsets.ISO_8859_1));
      warnIfOpen(file, console);
      return key;
    } catch (FormatException e) {
      throw new CommandFailure(file.toString(), e.found(), e.required());
    }
  }

  /** Reads a public key. */
  static VerificationKey verificationKey(Path file) throws IOException {
    try {
      return VerificationKey.fromPem(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (FormatException e) {
      throw new CommandFailure(file.toString(), e.found(), e.required());
    }
  }

  /** Writes a private key for its owner alone, never over another file. */
  static void writePrivate(Path file, String pem) throws IOException {
    FileAttribute<?>[] attributes =
        posix(directory(file))
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    write(file, pem, attributes);
  }

  /** Writes a public key, never over another file. */
  static void writePublic(Path file, String pem) throws IOException {
    write(file, pem);
  }

  private static void write(Path file, String pem, FileAttribute<?>... attributes)
      throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            attributes)) {
      ByteBuffer bytes = StandardCharsets.US_ASCII.encode(pem);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(
          file.toString(), "a file of that name", "a new name: keys are never overwritten");
    }
  }

  private static void warnIfOpen(Path file, Console console) throws IOException {
    if (posix(file)) {
      Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
      open.retainAll(Files.getPosixFilePermissions(file));
      if (!open.isEmpty()) {
        console.note(
            "warning: "
                + file
                + ": others than its owner can use this key; next: chmod 600 "
                + file);
      }
    }
  }

  private static Path directory(Path file) {
    Path parent = file.getParent();
    return parent == null ? Path.of(".") : parent;
  }

  private static boolean posix(Path file) throws IOException {
    return Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class);
  }
}
