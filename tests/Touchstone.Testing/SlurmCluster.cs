using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Touchstone.Testing;

/// <summary>
/// A Slurm cluster of two nodes on this host: a controller and a slurmd for each node, on free ports of the loopback address, as the user who runs the tests. Started when a test first
/// asks for it, ended with the tests.
/// </summary>
public sealed class SlurmCluster : IAsyncDisposable
{
    /// <summary>The cluster's limit on array sizes: small, so that shards have to share tasks.</summary>
    public const int ArraySizeMax = 5;

    /// <summary>The cluster's partition.</summary>
    public const string Partition = "cpu";

    private static readonly string[] Programs = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "sinfo", "scontrol", "scancel"];
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly Dictionary<string, Process> _daemons = [];
    private TemporaryFolder? _folder;

    /// <summary>Names of the nodes.</summary>
    public static IReadOnlyList<string> Nodes { get; } = ["n1", "n2"];

    /// <summary>Starts the cluster, unless it runs, and points this process and its children to it.</summary>
    /// <param name="skip">Ends the test as skipped with a reason; pass <c>Assert.Skip</c>.</param>
    /// <exception cref="InvalidOperationException">Slurm is missing on a build server, or does not start.</exception>
    public async Task StartAsync(Action<string> skip)
    {
        var missing = Programs.Where(p => PathOf(p) is null).ToList();
        if (missing.Count > 0)
        {
            var reason = $"Install munge, slurmctld, slurmd and slurm-client to run this test; {string.Join(", ", missing)} cannot be found.";
            if (TestData.IsRequired) throw new InvalidOperationException(reason);
            skip(reason);
        }

        await _starting.WaitAsync();
        try
        {
            if (_folder is null) await StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Kills a node as a power cut does: its daemon, what runs the jobs, and the jobs. The controller is told at once what it would find out after half a minute.</summary>
    /// <returns>Processes of jobs that were killed.</returns>
    public async Task<int> KillAsync(string node)
    {
        var killed = KillDaemonAndJobs(node);
        await OutputAsync("scontrol", "update", $"nodename={node}", "state=down", "reason=killed");
        return killed;
    }

    /// <summary>Starts a node's daemon, as when the machine comes up again.</summary>
    public async Task RestartAsync(string node)
    {
        StartDaemon(node, "slurmd", "-D", "-N", node);
        await OutputAsync("scontrol", "update", $"nodename={node}", "state=resume");
        await ExpectAsync($"node {node}", async () => (await OutputAsync("sinfo", "--noheader", "--format=%T", $"--nodes={node}")).Trim() is "idle" or "mixed" or "allocated");
    }

    /// <summary>Processes of jobs that run on a node.</summary>
    /// <param name="node">Name of the node.</param>
    /// <param name="folder">Folder that a process' command line names; null for all.</param>
    public IReadOnlyList<int> JobsOn(string node, string? folder = null)
    {
        var jobs = new List<int>();
        var (ours, there) = ($"SLURM_CONF={_folder!["slurm.conf"]}", $"SLURMD_NODENAME={node}");
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var process)) continue;
            var environment = ReadProcess(process, "environ").Split('\0');
            if (folder is not null && !ReadProcess(process, "cmdline").Contains(folder, StringComparison.Ordinal)) continue;
            if (environment.Contains(ours) && environment.Contains(there) && environment.Any(e => e.StartsWith("SLURM_JOB_ID=", StringComparison.Ordinal))) jobs.Add(process);
        }

        return jobs;
    }

    /// <summary>Kills a process, unless it ended.</summary>
    public static void Kill(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            running.Kill();
        }
        catch (Exception ended) when (ended is ArgumentException or InvalidOperationException)
        {
            // It ended by itself meanwhile.
        }
    }

    /// <summary>What a command says on its standard output.</summary>
    public static async Task<string> OutputAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(PathOf(command)!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        await error;
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is null) return;
        await OutputAsync("scancel", $"--user={Environment.UserName}");
        foreach (var node in Nodes) KillDaemonAndJobs(node);
        foreach (var daemon in _daemons.Keys.ToList()) Stop(daemon);
        _folder.Dispose();
        _starting.Dispose();
    }

    private async Task StartAsync()
    {
        _folder = new TemporaryFolder();
        foreach (var name in (string[])["state", "log", "run", .. Nodes]) Directory.CreateDirectory(_folder[name]);
        var key = new byte[128];
        System.Security.Cryptography.RandomNumberGenerator.Fill(key);
        await File.WriteAllBytesAsync(_folder["munge.key"], key);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_folder["munge.key"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(_folder["slurm.conf"], Configuration());
        Environment.SetEnvironmentVariable("SLURM_CONF", _folder["slurm.conf"]);
        StartDaemon("munged", "munged", "--foreground", "--force", "--num-threads=2", $"--key-file={_folder["munge.key"]}", $"--socket={_folder["run/munge.sock"]}",
            $"--pid-file={_folder["run/munged.pid"]}", $"--log-file={_folder["log/munged.log"]}", $"--seed-file={_folder["run/munge.seed"]}");
        await ExpectAsync("munged", () => Task.FromResult(File.Exists(_folder["run/munge.sock"])));
        StartDaemon("slurmctld", "slurmctld", "-D", "-c");
        foreach (var node in Nodes) StartDaemon(node, "slurmd", "-D", "-N", node);
        foreach (var node in Nodes) await ExpectAsync($"node {node}", async () => (await OutputAsync("sinfo", "--noheader", "--format=%T", $"--nodes={node}")).Trim() == "idle");
    }

    private int KillDaemonAndJobs(string node)
    {
        var jobs = JobsOn(node);
        Stop(node);
        foreach (var job in jobs)
            foreach (var process in (int[])[ParentOf(job), job]) Kill(process);
        return jobs.Count;
    }

    private string Configuration()
    {
        var host = Dns.GetHostName().Split('.')[0];
        var ports = FreePorts(1 + Nodes.Count);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            ClusterName=touchstone
            SlurmctldHost={host}(127.0.0.1)
            SlurmctldPort={ports[0]}
            SlurmUser={Environment.UserName}
            SlurmdUser={Environment.UserName}
            AuthType=auth/munge
            AuthInfo=socket={_folder!["run/munge.sock"]}
            CredType=cred/munge
            StateSaveLocation={_folder["state"]}
            SlurmdSpoolDir={_folder.Path}/%n
            SlurmctldPidFile={_folder["run/slurmctld.pid"]}
            SlurmdPidFile={_folder["run"]}/%n.pid
            SlurmctldLogFile={_folder["log/slurmctld.log"]}
            SlurmdLogFile={_folder["log"]}/%n.log
            ProctrackType=proctrack/linuxproc
            TaskPlugin=task/none
            JobAcctGatherType=jobacct_gather/none
            AccountingStorageType=accounting_storage/none
            SwitchType=switch/none
            MpiDefault=none
            SchedulerType=sched/backfill
            SchedulerParameters=sched_interval=1,bf_interval=1,sched_min_interval=0,batch_sched_delay=0
            SelectType=select/cons_tres
            SelectTypeParameters=CR_Core
            ReturnToService=2
            SlurmdTimeout=5
            KillWait=2
            MaxArraySize={ArraySizeMax}
            CommunicationParameters=NoCtldInAddrAny,NoInAddrAny
            PartitionName={Partition} Nodes=ALL Default=YES MaxTime=INFINITE State=UP

            """));
        for (var n = 0; n < Nodes.Count; n++) text.Append(string.Create(CultureInfo.InvariantCulture, $"NodeName={Nodes[n]} NodeHostname={host} NodeAddr=127.0.0.1 Port={ports[n + 1]} CPUs=2 RealMemory=3000 State=UNKNOWN\n"));
        return text.ToString();
    }

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(l => l.Start());
        var ports = listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port).ToArray();
        listeners.ForEach(l => l.Dispose());
        return ports;
    }

    private void StartDaemon(string name, string program, params string[] arguments)
    {
        var words = string.Join(' ', arguments.Prepend(PathOf(program)!).Select(a => $"'{a}'"));
        _daemons[name] = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", $"exec {words} > '{_folder![$"log/{name}.out"]}' 2>&1 < /dev/null"]) { WorkingDirectory = _folder.Path })!;
    }

    private void Stop(string name)
    {
        if (!_daemons.Remove(name, out var daemon)) return;
        using (daemon)
        {
            daemon.Kill(entireProcessTree: name is "slurmctld");
            daemon.WaitForExit();
        }
    }

    private async Task ExpectAsync(string what, Func<Task<bool>> isThere)
    {
        for (var watch = Stopwatch.StartNew(); !await isThere(); await Task.Delay(100))
            if (watch.Elapsed > StartTimeout) throw new InvalidOperationException($"Slurm's {what} did not start within {StartTimeout.TotalSeconds} s.\n{Logs()}");
    }

    private string Logs() => string.Join('\n', Directory.GetFiles(_folder!["log"], "*.out").Select(f => $"{f}:\n{File.ReadAllText(f)}"));

    private static int ParentOf(int process) =>
        ReadProcess(process, "stat") is { Length: > 0 } stat && int.TryParse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent)
        && ReadProcess(parent, "cmdline").StartsWith("slurmstepd", StringComparison.Ordinal) ? parent : process;

    private static string ReadProcess(int process, string what)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/{what}"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";                                                   // it ended, or is not ours to look at
        }
    }

    private static string? PathOf(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/sbin").Where(f => f.Length > 0).Select(f => Path.Combine(f, program)).FirstOrDefault(File.Exists);
}
