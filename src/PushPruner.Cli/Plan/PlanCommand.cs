using System.CommandLine;
using PushPruner.Cli.Surveys;

namespace PushPruner.Cli.Plan;

/// <summary><c>pushpruner plan [REPOSITORY...]</c></summary>
static class PlanCommand
{
    public static Command Create(Surroundings surroundings)
    {
        var survey = new SurveyCommand(surroundings);
        var command = new Command("plan", """
            Shows what would be deleted, why, and what it saves; of a registry at AWS, or offline from what aws ecr describe-images printed.
            """);
        survey.AddTo(command);
        command.SetAction((parsed, stop) => survey.RunAsync(parsed, seen => new TextPlan(surroundings.Output).ShowAsync(seen, Price.Default), stop));
        return command;
    }
}
