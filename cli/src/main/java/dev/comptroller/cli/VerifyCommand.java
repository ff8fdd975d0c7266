package dev.comptroller.cli;

import dev.comptroller.api.v1alpha1.Authority;
import dev.comptroller.api.v1alpha1.Compute;
import dev.comptroller.api.v1alpha1.Enforcement;
import dev.comptroller.api.v1alpha1.GovernancePolicySpec;
import dev.comptroller.api.v1alpha1.NamespaceSelection;
import dev.comptroller.api.v1alpha1.SignatureRequirement;
import dev.comptroller.api.v1alpha1.Signing;
import dev.comptroller.api.v1alpha1.TrustedKey;
import dev.comptroller.cli.output.VerificationReport;
import dev.comptroller.cluster.ManifestReader;
import dev.comptroller.core.accelerator.AcceleratorCatalogue;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.InvalidFieldException;
import dev.comptroller.core.object.KindReader;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.policy.Finding;
import dev.comptroller.core.signature.Keyring;
import dev.comptroller.core.signature.ObjectSignatures;
import dev.comptroller.core.signature.VerificationKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says who signed a manifest. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    header = "Says who signed a manifest.",
    description = {
      "Says who signed the governed objects of manifests, and whether the signatures "
          + "are right for the objects as they are now. By a policy, as many persons must "
          + "have signed as it requires; for approvals, and where it requires nobody, any "
          + "one person of its authorities.",
      "Needs no cluster and no network."
    },
    exitCodeList = {
      "0:every governed object is signed as required",
      ExitCode.ERROR_MEANS,
      "2:at least one object is not"
    },
    footer = {
      "  kubectl-comptroller verify -f signed.yaml --policy policy.yaml",
      "  kubectl-comptroller verify -f signed.yaml --key alice.pub.pem -o json",
    })
final class VerifyCommand implements Callable<Integer> {
  private static final String SOLE_AUTHORITY = "command-line";

  private final Console console;

  @Option(
      names = {"-f", "--filename"},
      paramLabel = "FILE",
      required = true,
      description =
          "A manifest or a directory of manifests; - is standard input. May be given several"
              + " times.")
  private List<String> files = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @ArgGroup(multiplicity = "1")
  private Trust trust;

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "The namespace of manifests that name none.")
  private @Nullable String namespace;

  @Mixin private FormatOption format = new FormatOption();

  /** Whom to trust. */
  static final class Trust {
    @Option(
        names = "--policy",
        paramLabel = "FILE",
        description = "A manifest with one GovernancePolicy: its keys and requirements count.")
    private @Nullable Path policy;

    @Option(
        names = "--key",
        paramLabel = "PEM",
        description = "A public key: one signature by it is required.")
    private @Nullable Path key;
  }

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    GovernancePolicySpec policy =
        trust.policy == null ? soleKey(KeyFiles.verificationKey(key())) : policy(trust.policy);
    Keyring keyring = Keyring.of(policy);
    if (!keyring.problems().isEmpty()) {
      Finding problem = keyring.problems().getFirst();
      throw new CommandFailure(
          trust.policy + " " + problem.pointer(), problem.found(), problem.required());
    }
    String clusterUid = cluster.uid().orElse("");
    AcceleratorCatalogue catalogue = BundledClasses.catalogue();
    List<VerificationReport.Verification> verifications = new ArrayList<>();
    for (KubernetesObject object : Inputs.objects(files, console)) {
      if (Subjects.isApproval(object)
          || SignatureAnnotations.present(object)
          || Subjects.isPlan(object, catalogue)) {
        verifications.add(verify(object, policy, keyring, clusterUid));
      }
    }
    if (verifications.isEmpty()) {
      throw new CommandFailure(
          String.join(", ", files), "no governed object", "at least one to verify");
    }
    VerificationReport report = new VerificationReport(List.copyOf(verifications));
    format.print(report, console);
    return report.verified() ? ExitCode.OK : ExitCode.REFUSED;
  }

  private VerificationReport.Verification verify(
      KubernetesObject object, GovernancePolicySpec policy, Keyring keyring, String clusterUid) {
    KubernetesObject placed = Subjects.placed(object, Optional.ofNullable(namespace));
    NormalForm form = Subjects.form(placed);
    SignatureRequirement required = requirement(placed, policy);
    Integer signers = required.signers();
    return VerificationReport.Verification.of(
        placed,
        form.digest().value(),
        ObjectSignatures.verify(
            placed,
            form,
            keyring,
            required.authorities(),
            signers == null ? 1 : signers,
            clusterUid,
            console.clock().instant()));
  }

  private static SignatureRequirement requirement(
      KubernetesObject object, GovernancePolicySpec policy) {
    SignatureRequirement objects = policy.signing().objects();
    return objects == null || Subjects.isApproval(object)
        ? new SignatureRequirement(policy.authorities().stream().map(Authority::name).toList(), 1)
        : objects;
  }

  private Path key() {
    if (trust.key == null) {
      throw new CommandFailure("--key", "nothing", "a public key, or --policy");
    }
    return trust.key;
  }

  private static GovernancePolicySpec policy(Path file) throws IOException {
    List<KubernetesObject> policies =
        ManifestReader.read(List.of(file)).stream()
            .filter(object -> object.kind().equals("GovernancePolicy"))
            .toList();
    if (policies.size() != 1) {
      throw new CommandFailure(
          "--policy " + file, policies.size() + " GovernancePolicies", "exactly one");
    }
    try {
      return KindReader.STRICT.spec(policies.getFirst(), GovernancePolicySpec.class);
    } catch (InvalidFieldException e) {
      throw new CommandFailure("--policy " + file + " " + e.pointer(), e.found(), e.required());
    }
  }

  /** The policy that trusts one key and nobody else. */
  private static GovernancePolicySpec soleKey(VerificationKey key) {
    return new GovernancePolicySpec(
        new NamespaceSelection(List.of("*"), List.of()),
        Enforcement.Enforce,
        null,
        List.of(
            new Authority(
                SOLE_AUTHORITY,
                List.of(new TrustedKey("given", "holder-of-the-key", null, key.toPem())))),
        List.of(),
        new Signing(new SignatureRequirement(List.of(SOLE_AUTHORITY), 1), null),
        null,
        new Compute(null, null, List.of()),
        List.of());
  }
}
