package dev.comptroller.cli;

import dev.comptroller.cli.manifest.Change;
import dev.comptroller.cli.manifest.ManifestText;
import dev.comptroller.cli.manifest.ObjectChanges;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.signature.SigningKey;
import dev.comptroller.core.signature.StatementSigner;
import dev.comptroller.core.signature.StatementTerms;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Signs the governed objects of a manifest. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    header = "Signs the governed objects of a manifest.",
    description = {
      "Signs every governed object of a manifest and writes the manifest with the "
          + "signatures in annotations. Governed are TrainingRuns, ModelDeployments, "
          + "Approvals and workloads that ask for accelerators.",
      "A signature binds namespace, name and the whole plan; it survives Kubernetes' "
          + "defaults, not a changed plan. One by the same key is replaced, others stay. "
          + "Order, quoting and comments of YAML stay; a file that repeats its annotations "
          + "by an alias is written anew, without comments.",
      "Needs no cluster and no network."
    },
    exitCodeList = {ExitCode.OK_MEANS, ExitCode.ERROR_MEANS},
    footer = {
      "  kubectl-comptroller sign -f run.yaml --key alice.pem | kubectl apply -f -",
      "  kubectl-comptroller sign -f run.yaml --key alice.pem -o run.yaml     # in place",
      "  kubectl-comptroller sign -f run.yaml --key bob.pem --signer bob --expires 720h --to run.yaml",
    })
final class SignCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      required = true,
      description = "The manifest, YAML or JSON; - is standard input.")
  private String file = "";

  @Option(
      names = "--key",
      paramLabel = "PEM",
      required = true,
      description = "The private key: ECDSA P-256 or Ed25519, PKCS#8 or SEC1, unencrypted.")
  private Path key = Path.of("");

  @Mixin private DestinationOptions destination = new DestinationOptions();

  @Option(
      names = "--signer",
      paramLabel = "NAME",
      description =
          "Put the signature into comptroller.dev/signature.NAME, for objects that several people sign.")
  private @Nullable String signer;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "The namespace, for manifests that name none; it is written into them.")
  private @Nullable String namespace;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      description = "The signature counts until then: " + Times.FORMS + ".")
  private @Nullable String expires;

  @Option(
      names = "--not-before",
      paramLabel = "TIME",
      description = "The signature counts from then on: " + Times.FORMS + ".")
  private @Nullable String notBefore;

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  SignCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ManifestText manifest = ManifestText.read(Inputs.name(file), Inputs.text(file, console));
    SigningKey signingKey = KeyFiles.signingKey(key, console);
    StatementTerms terms = terms(console.clock().instant());
    Map<Integer, List<Change>> changes = new LinkedHashMap<>();
    AcceleratorCatalogue catalogue = BundledClasses.catalogue();
    for (int i = 0; i < manifest.objects().size(); i++) {
      KubernetesObject object = manifest.objects().get(i);
      if (Subjects.isApproval(object) || Subjects.isPlan(object, catalogue)) {
        changes.put(i, sign(object, signingKey, terms));
      }
    }
    if (changes.isEmpty()) {
      throw new CommandFailure(
          manifest.source(),
          "nothing to sign",
          "a TrainingRun, ModelDeployment, Approval or a workload that asks for accelerators");
    }
    destination.write(
        destination.json(manifest.isJson()) ? manifest.json(changes) : manifest.yaml(changes),
        console);
    return ExitCode.OK;
  }

  private List<Change> sign(KubernetesObject object, SigningKey key, StatementTerms terms) {
    Subjects.requireKnownFields(object);
    if (object.name().isEmpty()) {
      throw new CommandFailure(
          Subjects.where(object, "/metadata/name"),
          "nothing",
          "a name, which a signature binds: generateName is not enough");
    }
    List<Change> changes = new ArrayList<>();
    Subjects.placement(object, Optional.ofNullable(namespace)).ifPresent(changes::add);
    KubernetesObject placed = ObjectChanges.apply(object, changes);
    NormalForm form = Subjects.form(placed);
    String envelope = new StatementSigner(key).sign(placed, form, terms);
    changes.addAll(
        SignatureAnnotations.put(placed, envelope, key.publicKey(), Optional.ofNullable(signer)));
    console.note("signed " + placed.key() + ", plan " + form.digest());
    return List.copyOf(changes);
  }

  private StatementTerms terms(Instant now) {
    Optional<Instant> from =
        Optional.ofNullable(notBefore).map(text -> Times.parse("--not-before", text, now));
    Optional<Instant> until =
        Optional.ofNullable(expires).map(text -> Times.parse("--expires", text, now));
    if (until.isPresent() && !until.get().isAfter(from.orElse(now))) {
      throw new CommandFailure("--expires", until.get().toString(), "a later time");
    }
    return new StatementTerms(from, until, OptionalLong.empty(), cluster.uid());
  }
}
