using Touchstone.Testing;

namespace Touchstone.Store.Tests.Queue.Simulation;

/// <summary>
/// Drives the real queue from one seed through everything that can happen to it. TOUCHSTONE_SIMULATION_STEPS makes it longer,
/// TOUCHSTONE_SEED replays a failure (steps that run together may still meet in another order).
/// </summary>
public class SimulationTests(ITestOutputHelper output)
{
    private const int StepsOfAnEpoch = 10_000;

    [Theory]
    [InlineData(DatabaseKind.Sqlite)]
    [InlineData(DatabaseKind.Postgres)]
    public async Task No_schedule_of_leases_faults_and_crashes_breaks_the_queue(DatabaseKind kind)
    {
        var steps = int.Parse(Environment.GetEnvironmentVariable("TOUCHSTONE_SIMULATION_STEPS") ?? "3000");
        var seed = int.Parse(Environment.GetEnvironmentVariable("TOUCHSTONE_SEED") ?? "918273");
        await using var simulation = await QueueSimulation.CreateAsync(kind, seed);
        try
        {
            for (var done = 0; done < steps; done += StepsOfAnEpoch)
            {
                await simulation.RunEpochAsync(Math.Min(StepsOfAnEpoch, steps - done));
                output.WriteLine($"{done + StepsOfAnEpoch:n0}: {simulation.Tally}");
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            throw new InvalidOperationException($"Seed {seed}, {simulation.Place}: {failure.Message} (TOUCHSTONE_SEED={seed} replays it)", failure);
        }
    }
}
