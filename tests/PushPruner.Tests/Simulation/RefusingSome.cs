using PushPruner.Ports;
using PushPruner.Tests.Given;

namespace PushPruner.Tests.Simulation;

/// <summary>ECR as it is when it can't delete some of what it is asked for: every other id is refused.</summary>
sealed class RefusingSome(IRegistry inner) : RegistryDecorator(inner)
{
    public override async Task<IReadOnlyList<DeleteAnswer>> DeleteAsync(
        string repository, IReadOnlyList<ImageId> ids, CancellationToken cancellationToken)
    {
        var taken = ids.Where((_, at) => at % 2 == 1).ToList();
        var answers = taken.Count == 0 ? [] : await Inner.DeleteAsync(repository, taken, cancellationToken);
        return [.. ids.Select(id => answers.FirstOrDefault(a => a.Id == id) ?? new DeleteAnswer(id, "KmsError", "The key is disabled"))];
    }
}
