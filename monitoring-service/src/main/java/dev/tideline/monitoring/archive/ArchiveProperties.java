package dev.tideline.monitoring.archive;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What goes back to datasets.
 *
 * @param hashKey part of what {@code HASH} hides under, besides each model's secret in the database: with it the database alone does not tell which
 *                text a hash stands for. The same on all instances; another one makes other hashes
 */
@Validated
@ConfigurationProperties("tideline.monitoring.archive")
record ArchiveProperties(@DefaultValue("") String hashKey) {

    private static final String ALGORITHM = "HmacSHA256";

    /** A model's secret together with the key; the secret itself without a key. */
    byte[] mixed(byte[] secret) {
        if (hashKey.isBlank()) {
            return secret;
        }
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(hashKey.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(secret);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(ALGORITHM + " is part of every Java platform", impossible);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ArchiveProperties[hashKey=" + (hashKey.isBlank() ? "none" : "set") + "]";
    }
}
