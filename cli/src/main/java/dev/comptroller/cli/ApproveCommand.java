package dev.comptroller.cli;

import dev.comptroller.cli.manifest.ObjectChanges;
import dev.comptroller.cli.output.Documents;
import dev.comptroller.core.normalform.NormalForm;
import dev.comptroller.core.object.KubernetesObject;
import dev.comptroller.core.signature.SigningKey;
import dev.comptroller.core.signature.StatementSigner;
import dev.comptroller.core.signature.StatementTerms;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes a signed approval. */
@Command(
    name = "approve",
    mixinStandardHelpOptions = true,
    header = "Writes a signed approval of a plan.",
    description = {
      "Writes a signed Approval of one plan, to be applied or committed. The plan is "
          + "that of a manifest, or is named by the options that \"plan\" and denials print.",
      "The approval lives in the namespace of the plan, holds in one cluster and "
          + "until it expires. Whoever signed the plan is no approver of it."
    },
    exitCodeList = {ExitCode.OK_MEANS, ExitCode.ERROR_MEANS},
    footer = {
      "  kubectl-comptroller approve -f signed.yaml --key bob.pem --this-cluster \\",
      "      --reason \"October compute review\" --ticket GOV-1182 --expires 720h --to approval.yaml",
      "  kubectl-comptroller approve --kind TrainingRun --name sft --namespace nlp --plan-digest sha256:... \\",
      "      --gpu-hours 320 --cluster UID --key bob.pem --reason \"October compute review\" | kubectl apply -f -",
    })
final class ApproveCommand implements Callable<Integer> {
  private static final String DEFAULT_LIFETIME = "720h";

  private final Console console;

  @Mixin private ApprovedPlanOptions plan = new ApprovedPlanOptions();

  @Option(
      names = "--key",
      paramLabel = "PEM",
      required = true,
      description =
          "The approver's private key: ECDSA P-256 or Ed25519, PKCS#8 or SEC1, unencrypted.")
  private Path key = Path.of("");

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "Why it is approved.")
  private String reason = "";

  @Option(names = "--ticket", paramLabel = "TEXT", description = "Where it was discussed.")
  private @Nullable String ticket;

  @Option(
      names = "--expires",
      paramLabel = "TIME",
      defaultValue = DEFAULT_LIFETIME,
      description =
          "Nothing starts or resumes by the approval from then on: "
              + Times.FORMS
              + "; 720h where absent.")
  private String expires = DEFAULT_LIFETIME;

  @Option(
      names = "--not-before",
      paramLabel = "TIME",
      description = "The approval counts from then on: " + Times.FORMS + ".")
  private @Nullable String notBefore;

  @Option(
      names = "--approval-name",
      paramLabel = "NAME",
      description =
          "Name of the Approval; made from the plan's name, its digest and the key where absent.")
  private @Nullable String approvalName;

  @Mixin private DestinationOptions destination = new DestinationOptions();

  ApproveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    ApprovedPlan approved = plan.read(console);
    SigningKey signingKey = KeyFiles.signingKey(key, console);
    Instant now = console.clock().instant();
    Instant until = Times.parse("--expires", expires, now);
    Optional<Instant> from =
        Optional.ofNullable(notBefore).map(text -> Times.parse("--not-before", text, now));
    if (!until.isAfter(from.orElse(now))) {
      throw new CommandFailure("--expires", until.toString(), "a later time");
    }
    String uid =
        cluster
            .uid()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "--cluster", "nothing", "the one cluster it holds in, or --this-cluster"));
    KubernetesObject approval =
        approved.approval(
            Optional.ofNullable(approvalName).orElse(approved.defaultName(signingKey.publicKey())),
            new ApprovedPlan.Terms(uid, reason, Optional.ofNullable(ticket), from, until));
    Subjects.requireKnownFields(approval);
    KubernetesObject signed = signed(approval, signingKey);
    destination.write(
        destination.json(false) ? Documents.json(signed.json()) : Documents.yaml(signed.json()),
        console);
    console.note(
        "approves %s, plan %s, up to %s GPU-hours, until %s"
            .formatted(approved.subject(), approved.digest(), approved.gpuHours(), until));
    return ExitCode.OK;
  }

  private static KubernetesObject signed(KubernetesObject approval, SigningKey key) {
    String envelope =
        new StatementSigner(key).sign(approval, NormalForm.of(approval), StatementTerms.UNLIMITED);
    return ObjectChanges.apply(
        approval, SignatureAnnotations.put(approval, envelope, key.publicKey(), Optional.empty()));
  }
}
