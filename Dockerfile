# One image per service: docker build --build-arg SERVICE=ingest-service .
ARG JAVA=25

FROM maven:3.9-eclipse-temurin-${JAVA} AS build
ARG SERVICE
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -q -Pdist -DskipTests -pl "${SERVICE}" -am package
# Unpacked, so that the training service can hand its class path to child processes.
RUN cp "${SERVICE}"/target/*-app.jar /app.jar \
    && java -Djarmode=tools -jar /app.jar extract --layers --destination /layers

FROM eclipse-temurin:${JAVA}-jre
RUN useradd --uid 10001 --create-home tideline && mkdir -p /data/storage && chown -R tideline /data
USER tideline
WORKDIR /app
# Dependencies first: they change less often than the service.
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/snapshot-dependencies/ ./
COPY --from=build /layers/application/ ./
ENV TIDELINE_STORAGE_ROOT=/data/storage
VOLUME /data/storage
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:MetaspaceSize=128m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar", "app.jar"]
