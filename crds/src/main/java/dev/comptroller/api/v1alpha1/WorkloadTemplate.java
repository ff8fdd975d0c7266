package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The workload to run. Its metadata is derived by the operator. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkloadTemplate(
    @JsonPropertyDescription("Group and version of the workload, such as batch/v1.")
        @Required
        @Size(min = 1, max = 128)
        @Pattern("^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?v[0-9]+[a-z0-9]*$")
        String apiVersion,
    @JsonPropertyDescription("Kind of the workload, such as Job.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[A-Z][A-Za-z0-9]*$")
        String kind,
    @JsonPropertyDescription("Spec of the workload, as its own kind defines it.")
        @Required
        @PreserveUnknownFields
        Object spec) {}
