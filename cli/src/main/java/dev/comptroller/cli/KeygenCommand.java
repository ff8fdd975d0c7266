package dev.comptroller.cli;

import dev.comptroller.cli.output.Format;
import dev.comptroller.cli.output.Printed;
import dev.comptroller.cli.output.Report;
import dev.comptroller.core.signature.KeyAlgorithm;
import dev.comptroller.core.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a pair of keys. */
@Command(
    name = "keygen",
    mixinStandardHelpOptions = true,
    header = "Makes a pair of keys.",
    description = {
      "Makes a pair of keys and prints the lines by which a GovernancePolicy trusts " + "it.",
      "The private key goes into NAME.pem, readable by its owner alone, and is shown "
          + "nowhere; the public key goes into NAME.pub.pem. Files that exist are left "
          + "alone."
    },
    exitCodeList = {ExitCode.OK_MEANS, ExitCode.ERROR_MEANS},
    footer = {
      "  kubectl-comptroller keygen --to alice",
      "  kubectl-comptroller keygen --to keys/bob --algorithm ed25519 --person bob --organization safety",
    })
final class KeygenCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--to",
      paramLabel = "NAME",
      description = "Names the files: NAME.pem and NAME.pub.pem.")
  private @Nullable Path to;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT|NAME",
      completionCandidates = FormatNames.class,
      description =
          "How to print what was made: text (default), json or yaml. Anything else names the files, as"
              + " --to.")
  private @Nullable String output;

  @Option(
      names = "--algorithm",
      paramLabel = "ALGORITHM",
      defaultValue = "p256",
      description = "p256 (ECDSA on NIST P-256, default) or ed25519.")
  private Algorithm algorithm = Algorithm.p256;

  @Option(
      names = "--person",
      paramLabel = "PERSON",
      description = "Whose key it is; the last part of NAME where absent.")
  private @Nullable String person;

  @Option(
      names = "--organization",
      paramLabel = "ORGANIZATION",
      description = "The organization that the person belongs to.")
  private @Nullable String organization;

  KeygenCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Destination destination = Destination.of(output, to);
    Path name =
        destination
            .file()
            .orElseThrow(
                () -> new CommandFailure("--to", "nothing", "the name of the key's files"));
    Path privateFile = name.resolveSibling(name.getFileName() + ".pem");
    Path publicFile = name.resolveSibling(name.getFileName() + ".pub.pem");
    if (Files.exists(publicFile)) {
      throw new CommandFailure(
          publicFile.toString(), "a file of that name", "a new name: keys are never overwritten");
    }
    SigningKey key = SigningKey.generate(algorithm.key, new SecureRandom());
    KeyFiles.writePrivate(privateFile, key.toPem());
    KeyFiles.writePublic(publicFile, key.publicKey().toPem());
    String own = name.getFileName().toString();
    KeyReport report =
        new KeyReport(
            privateFile.toString(),
            publicFile.toString(),
            key.publicKey().digest().value(),
            own,
            person == null ? own : person,
            organization,
            key.publicKey().toPem());
    console.print(Printed.of(report, destination.format().orElse(Format.TEXT)));
    return ExitCode.OK;
  }

  /** What may be asked for, in the words of the command line. */
  enum Algorithm {
    p256(KeyAlgorithm.P256),
    ed25519(KeyAlgorithm.Ed25519);

    private final KeyAlgorithm key;

    Algorithm(KeyAlgorithm key) {
      this.key = key;
    }
  }

  /** What was made, without the private key. */
  record KeyReport(
      String privateKeyFile,
      String publicKeyFile,
      String digest,
      String name,
      String person,
      @Nullable String organization,
      String publicKey)
      implements Report {
    @Override
    public String text() {
      return """
      private key: %s (keep it secret)
      public key:  %s
      digest:      %s (what "revoked" in a policy names)

      To trust it, add to a GovernancePolicy, under spec.authorities[].keys:

        - name: %s
          person: %s
      %s    publicKey: |
      %s"""
          .formatted(
              privateKeyFile,
              publicKeyFile,
              digest,
              name,
              person,
              organization == null ? "" : "    organization: " + organization + "\n",
              publicKey.strip().indent(6));
    }
  }
}
