using PushPruner.Testing.StepFunctions;

namespace PushPruner.EndToEnd.Tests.StateMachines;

/// <summary>The evaluator that the tests of a class share.</summary>
public sealed class JsonataServer : IAsyncLifetime
{
    JsonataEvaluator? evaluator;

    public JsonataEvaluator Evaluator
    {
        get
        {
            Assert.SkipWhen(evaluator is null, JsonataEvaluator.WhyNone);
            return evaluator!;
        }
    }

    public async ValueTask InitializeAsync() => evaluator = await JsonataEvaluator.TryStartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        if (evaluator is not null)
            await evaluator.DisposeAsync();
    }
}
