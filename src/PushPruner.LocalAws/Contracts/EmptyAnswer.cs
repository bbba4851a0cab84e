namespace PushPruner.LocalAws;

public sealed record EmptyAnswer;
