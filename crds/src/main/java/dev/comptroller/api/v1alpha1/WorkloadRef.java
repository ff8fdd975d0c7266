package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The child that runs the work. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WorkloadRef(
    @JsonPropertyDescription("Group and version of the workload.")
        @Required
        @Size(min = 1, max = 128)
        String apiVersion,
    @JsonPropertyDescription("Kind of the workload.") @Required @Size(min = 1, max = 63)
        String kind,
    @JsonPropertyDescription("Name of the workload, in the namespace of the run.")
        @Required
        @Size(min = 1, max = 253)
        String name,
    @JsonPropertyDescription("UID of the workload.") @Size(min = 1, max = 36)
        @Nullable String uid) {}
