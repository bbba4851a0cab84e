namespace PushPruner.Recording;

/// <summary>ECR answered that a repository does not exist, and then that it does. Nothing was changed; a retry helps.</summary>
public sealed class ContradictoryAnswerException(string repository, Exception inner)
    : Exception($"ECR answered that there is no repository {repository}, and then that there is: try again", inner);
