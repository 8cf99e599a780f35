package dev.tideline.inference;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The whole service, once for all tests. Child processes prove versions elsewhere: they would cost seconds per load. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
    "spring.grpc.server.port=0", "tideline.inference.tensorflow.check=none", "tideline.inference.source.poll=50ms"})
@interface ServiceTest {}
