# A single-file build needs nothing but a C library. Build it first:
#   dotnet publish src/Touchstone -c Release -r linux-x64 --self-contained -p:PublishSingleFile=true -o artifacts/linux-x64
FROM debian:12-slim
COPY artifacts/linux-x64/ /opt/touchstone/
RUN useradd --uid 1000 --create-home touchstone && mkdir /data && chown touchstone /data
USER touchstone
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/opt/touchstone/touchstone"]
CMD ["serve", "--data", "/data", "--urls", "http://0.0.0.0:8080"]
