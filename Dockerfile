FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
RUN dotnet publish src/Touchstone -c Release -r linux-x64 --self-contained -p:PublishSingleFile=true -o /app

FROM mcr.microsoft.com/dotnet/runtime-deps:10.0
COPY --from=build /app /app
RUN mkdir /data && chown 1000:1000 /data
USER 1000
VOLUME /data
EXPOSE 8080
ENTRYPOINT ["/app/touchstone"]
CMD ["serve", "--data", "/data", "--urls", "http://0.0.0.0:8080"]
