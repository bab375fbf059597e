using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Touchstone.Bench;

/// <summary>The real program in a process of its own, so that what it takes is its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>A published program to measure, such as one that is compiled ahead; null for the one that is built with the benchmarks.</summary>
    public static string? Published { get; set; }

    private ServerProcess(Process process, Uri address, TimeSpan startTime)
    {
        _process = process;
        Address = address;
        StartTime = startTime;
    }

    public Uri Address { get; }

    /// <summary>From the start of the process to the first answer of /health.</summary>
    public TimeSpan StartTime { get; }

    public double ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1e6;
        }
    }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ServerProcess> StartAsync(params string[] place)
    {
        var port = FreePort();
        var started = Stopwatch.GetTimestamp();
        var process = Launch(["serve", "--urls", $"http://127.0.0.1:{port}", .. place]);
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var address = new Uri($"http://127.0.0.1:{port}");
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException("The server ended.");
            try
            {
                if ((await http.GetAsync(new Uri(address, "/health"))).IsSuccessStatusCode) break;
            }
            catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
            {
                await Task.Delay(5);   // not listening yet
            }
        }

        return new ServerProcess(process, address, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>Runs a verb and gives what it printed.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        using var process = Launch(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? (await output).Trim() : throw new InvalidOperationException($"touchstone {string.Join(' ', arguments)}: {await error}");
    }

    public async Task<JsonNode> SendAsync(string key, HttpMethod method, string path, string body, string contentType)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) }, Timeout = TimeSpan.FromMinutes(30) };
        using var request = new HttpRequestMessage(method, new Uri(Address, "/api/v1/" + path)) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{method} {path}: {(int)response.StatusCode} {text}"));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static Process Launch(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Published ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Published is null)
        {
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "touchstone.dll"));
        }

        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
