package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a training run is for, what goes into it, and the workload that runs it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value =
        "self.experiment == oldSelf.experiment && self.owner == oldSelf.owner && self.purpose == oldSelf.purpose && self.stage == oldSelf.stage && self.model == oldSelf.model && self.workload == oldSelf.workload && has(self.source) == has(oldSelf.source) && (!has(self.source) || self.source == oldSelf.source) && has(self.data) == has(oldSelf.data) && (!has(self.data) || self.data == oldSelf.data) && has(self.hyperparameters) == has(oldSelf.hyperparameters) && (!has(self.hyperparameters) || self.hyperparameters == oldSelf.hyperparameters) && has(self.declared) == has(oldSelf.declared) && (!has(self.declared) || self.declared == oldSelf.declared) && has(self.secrets) == has(oldSelf.secrets) && (!has(self.secrets) || self.secrets == oldSelf.secrets) && has(self.monitoring) == has(oldSelf.monitoring) && (!has(self.monitoring) || self.monitoring == oldSelf.monitoring)",
    message =
        "the plan is immutable, only suspend may change: create a TrainingRun with a new name, and sign it")
public record TrainingRunSpec(
    @JsonPropertyDescription("Runs of one experiment are listed together.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.DNS_LABEL)
        String experiment,
    @JsonPropertyDescription("Team or person that answers for the run.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.LABEL_VALUE)
        String owner,
    @JsonPropertyDescription("What the run is for, in a sentence.")
        @Required
        @Size(min = 1, max = 1024)
        String purpose,
    @JsonPropertyDescription("Where in the model's life the compute is spent.") @Required
        Stage stage,
    @JsonPropertyDescription("The model version that the run produces.") @Required
        TrainedModel model,
    @JsonPropertyDescription("Where the training code is.") @Nullable Source source,
    @JsonPropertyDescription("Data sets that go into the run.")
        @Size(max = 64)
        @ValidationRule(
            value = "self.all(a, self.exists_one(b, b.name == a.name))",
            message = "data must have different names: name each data set once")
        List<DataSource> data,
    @JsonPropertyDescription("Settings of the training, for the record.") @Size(max = 128)
        Map<String, @Size(max = 1024) String> hyperparameters,
    @JsonPropertyDescription("What the owner declares about the size of the training.")
        @Nullable DeclaredCompute declared,
    @JsonPropertyDescription("Secrets of the same namespace that the pods may read.")
        @Size(max = 32)
        @ValidationRule(
            value = "self.all(a, self.exists_one(b, b.name == a.name))",
            message = "secrets must have different names: keep one entry for each Secret")
        @ValidationRule(
            value =
                "self.all(a, !has(a.mountPath) || self.exists_one(b, has(b.mountPath) && b.mountPath == a.mountPath))",
            message = "secrets must have different mount paths: give each a directory of its own")
        List<SecretMount> secrets,
    @JsonPropertyDescription("Where the pods expose metrics.") @Nullable Monitoring monitoring,
    @JsonPropertyDescription(
            "The workload that runs; its metadata is derived from the TrainingRun.")
        @Required
        WorkloadTemplate workload,
    @JsonPropertyDescription(
            "Stops the workload while true. Not signed: stopping is always possible, resuming is judged again.")
        @Nullable Boolean suspend) {
  public TrainingRunSpec {
    data = data == null ? List.of() : List.copyOf(data);
    hyperparameters = hyperparameters == null ? Map.of() : Map.copyOf(hyperparameters);
    secrets = secrets == null ? List.of() : List.copyOf(secrets);
  }
}
