package dev.comptroller.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A public key, and the person and organization that hold it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TrustedKey(
    @JsonPropertyDescription("Name of the key, unique in the policy.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.DNS_LABEL)
        String name,
    @JsonPropertyDescription("Person who holds the key: persons count, not keys.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Formats.PARTY)
        String person,
    @JsonPropertyDescription("Organization that the person belongs to.")
        @Size(min = 1, max = 253)
        @Pattern(Formats.PARTY)
        @Nullable String organization,
    @JsonPropertyDescription("Public key in PEM (SubjectPublicKeyInfo): ECDSA P-256 or Ed25519.")
        @Required
        @Size(min = 1, max = 2048)
        @Pattern(
            "^\\s*-----BEGIN PUBLIC KEY-----\\s[A-Za-z0-9+/=\\s]+-----END PUBLIC KEY-----\\s*$")
        String publicKey) {}
