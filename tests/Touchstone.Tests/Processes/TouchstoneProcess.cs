using System.Diagnostics;
using System.Text;

namespace Touchstone.Tests.Processes;

/// <summary>The real program in a process of its own, so that it can be killed.</summary>
internal sealed class TouchstoneProcess : IDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TouchstoneProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) =>
        {
            _address.TrySetException(new InvalidOperationException($"The server ended before it listened:\n{Said}"));
            _ = _address.Task.Exception;   // a verb that is no server has nobody who waits for its address
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    /// <summary>Starts <c>touchstone serve</c> on a free port and waits until it listens.</summary>
    public static Task<TouchstoneProcess> ServeAsync(params string[] arguments) => ServeAsync([], arguments);

    /// <summary>The same below another program, such as a tracer.</summary>
    /// <param name="under">The other program and its arguments.</param>
    /// <param name="arguments">Of <c>serve</c>.</param>
    public static async Task<TouchstoneProcess> ServeAsync(string[] under, string[] arguments)
    {
        var server = new TouchstoneProcess(Start(["serve", "--urls", "http://127.0.0.1:0", .. arguments], under));
        server.Address = await server._address.Task.WaitAsync(StartTimeout);
        return server;
    }

    /// <summary>Starts a verb and does not wait for it.</summary>
    public static TouchstoneProcess Begin(string[] arguments) => new(Start(arguments, Interruptible));

    /// <summary>A shell lets its background jobs ignore SIGINT, and what they start inherits that.</summary>
    private static string[] Interruptible => OperatingSystem.IsLinux() ? ["env", "--default-signal=INT"] : [];

    public bool HasExited => _process.HasExited;

    /// <summary>Waits for its own end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(StartTimeout);
        return _process.ExitCode;
    }

    /// <summary>SIGINT, as Ctrl+C sends it, and the exit code that follows.</summary>
    public async Task<int> InterruptAsync()
    {
        using (var kill = Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        return await EndAsync();
    }

    /// <summary>Runs a verb to its end.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => RunUnderAsync([], arguments);

    /// <summary>The same below another program, such as one that changes the user.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunUnderAsync(string[] under, params string[] arguments)
    {
        using var process = Start(arguments, under);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>SIGKILL: nothing of the process runs after it.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) Kill();
        _process.Dispose();
    }

    private static Process Start(IEnumerable<string> arguments, string[]? under = null)
    {
        string[] command = [.. under ?? [], "dotnet", "exec"];
        var start = new ProcessStartInfo(command[0]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "touchstone.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_said) _said.AppendLine(line);
        const string Sign = "Touchstone listens on ";
        if (line.StartsWith(Sign, StringComparison.Ordinal)) _address.TrySetResult(new Uri(line[Sign.Length..].Split(' ')[0]));
    }
}
