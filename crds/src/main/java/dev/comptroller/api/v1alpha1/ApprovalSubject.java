package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** The plan that is approved. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ApprovalSubject(
    @JsonPropertyDescription("Kind of the object whose plan is approved.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.APPROVED_KIND)
        String kind,
    @JsonPropertyDescription("Name of the object, in the namespace of the approval.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Formats.DNS_SUBDOMAIN)
        String name,
    @JsonPropertyDescription("Digest of the plan; kubectl comptroller plan prints it.")
        @Required
        @Size(min = 71, max = 71)
        @Pattern(Formats.DIGEST)
        String planDigest) {}
