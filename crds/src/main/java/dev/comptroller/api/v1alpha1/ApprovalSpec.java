package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What is approved, how much of it, where and until when. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "self == oldSelf",
    message =
        "an approval is immutable: create another with a new name, and list the digest of this one under revoked in the policy if it must count no more")
@ValidationRule(
    value =
        "timestamp(self.expires) > (has(self.notBefore) ? timestamp(self.notBefore) : timestamp('2000-01-01T00:00:00Z'))",
    message = "expires must be a time after notBefore: set a later one")
public record ApprovalSpec(
    @JsonPropertyDescription("The plan that is approved.") @Required ApprovalSubject subject,
    @JsonPropertyDescription(
            "GPU-hours in total, over every start and resume: one accelerator of weight 1 for one hour is 1.")
        @Required
        @Size(min = 1, max = 16)
        @Pattern(Formats.GPU_HOURS)
        @ValidationRule(
            value = "double(self) > 0.0",
            message =
                "gpuHours must be above zero: take the bound that kubectl comptroller plan prints")
        String gpuHours,
    @JsonPropertyDescription(
            "UID of the kube-system namespace of the cluster that the approval holds in.")
        @Required
        @Size(min = 36, max = 36)
        @Pattern(Formats.UID)
        String cluster,
    @JsonPropertyDescription("Why it is approved.") @Required @Size(min = 1, max = 1024)
        String reason,
    @JsonPropertyDescription("Where the approval was discussed.") @Size(min = 1, max = 253)
        @Nullable String ticket,
    @JsonPropertyDescription(
            "UTC time before which the approval does not count, such as 2026-10-01T00:00:00Z.")
        @Size(min = 20, max = 20)
        @Pattern(Formats.TIME)
        @Nullable String notBefore,
    @JsonPropertyDescription(
            "UTC time from which on nothing starts or resumes by this approval; what runs may finish.")
        @Required
        @Size(min = 20, max = 20)
        @Pattern(Formats.TIME)
        String expires) {}
