using Touchstone.Store.Queue;

namespace Touchstone.Store.Tests.Queue.Simulation;

/// <summary>A statement failed, and only its transaction with it.</summary>
internal sealed class SimulatedFaultException(string statement) : Exception($"Simulated fault at: {statement}");

/// <summary>When the next statements fail, and whether the process dies of it.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _lock = new();
    private int _countdown = int.MaxValue;
    private int _failures;
    private bool _kills;

    public void Arm(int statements, int failures, bool kills)
    {
        lock (_lock) (_countdown, _failures, _kills) = (statements, failures, kills);
    }

    public void Disarm()
    {
        lock (_lock) (_countdown, _failures) = (int.MaxValue, 0);
    }

    public void At(string statement)
    {
        lock (_lock)
        {
            if (_countdown == int.MaxValue || --_countdown > 0) return;
            if (_kills)
            {
                _countdown = 0;
                throw new QueueKilledException();
            }

            if (--_failures <= 0) _countdown = int.MaxValue;
            throw new SimulatedFaultException(statement);
        }
    }
}
