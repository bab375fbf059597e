# The single file on an image that has what .NET programs need of the system: glibc, OpenSSL, certificates. Build the file first:
#   dotnet publish src/Touchstone -c Release -r linux-x64 --self-contained -p:PublishSingleFile=true -o artifacts/linux-x64
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0
COPY artifacts/linux-x64/touchstone /usr/local/bin/touchstone
ENV DOTNET_BUNDLE_EXTRACT_BASE_DIR=/tmp/touchstone
RUN mkdir /data && chown app /data
USER app
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["touchstone"]
CMD ["serve", "--data", "/data", "--urls", "http://0.0.0.0:8080"]
