// What the page itself says; the questions bring their own texts.

const TEXTS = {
  "zh-CN": {
    name: "民生实事满意度测评",
    larger: "大字",
    loading: "正在打开问卷……",
    days: (from, to) => `作答时间:${from} 至 ${to}`,
    over: "本次测评已经结束,不再受理答卷。感谢关注。",
    pastDays: "今天不在作答时间内,提交可能不被受理。",
    secret: "无记名:系统只累计各选项的票数,不保存单份答卷。",
    anonymous: "匿名:系统只累计各选项的票数,不保存单份答卷。",
    apart: "文字意见与其他答案分开保存。",
    named: "实名作答。",
    replaceable: "截止前可以重新作答,以最后一次为准。",
    grounds: "往年项目回头看情况",
    works: "仍在发挥作用",
    worksNot: "未持续发挥作用",
    must: "必答",
    clear: "清除本题",
    atMost: (n) => `最多选 ${n} 项`,
    atLeast: (n) => `至少选 ${n} 项`,
    between: (least, most) => `选 ${least} 至 ${most} 项`,
    range: (least, most) => `${least} 至 ${most}`,
    longest: (n) => `不超过 ${n} 字`,
    done: (n, of) => `已答 ${n} / ${of}`,
    send: "提交答卷",
    sending: "正在提交……",
    missing: "此题必答。",
    someMissing: (n) => `还有 ${n} 道必答题没有作答。`,
    blanks: (n) => `还有 ${n} 题没有作答,将按未作答计。`,
    isFinal: "提交后不可更改。",
    confirm: "确认提交?",
    yes: "确认提交",
    back: "返回检查",
    unsent: "网络中断,答卷可能没有送达。答卷暂存在本页面中,再次提交不会重复计票。",
    again: "再次提交",
    restored: "上次的答卷可能没有送达,可以再次提交;再次提交不会重复计票。",
    thanks: "提交成功,感谢您的参与!",
    already: "您已经提交过答卷。",
    notCounted: "感谢参与!您所在群体的名额已满,这份答卷未计入统计。",
    changed: "问卷内容刚刚更新,请核对后重新提交。您原来的选择已尽量保留。",
    noNetwork: "无法连接,请检查网络后重试。",
    retry: "重试",
    needsLink: "请使用收到的链接或扫描二维码打开本页面。",
    needsLogin: "请从代表履职平台进入,或粘贴访问令牌。",
    bearer: "访问令牌",
    enter: "进入",
    expired: "登录已失效,请重新从代表履职平台进入,或粘贴访问令牌。",
    failed: "提交没有成功:",
    notFound: "没有找到这份问卷,请核对链接。",
  },
  en: {
    name: "Satisfaction",
    larger: "Larger",
    loading: "Opening the form …",
    days: (from, to) => `Answers are taken from ${from} to ${to}`,
    over: "This assessment has ended and takes no more answers. Thank you for your interest.",
    pastDays: "Today is not one of the days for answering; your answers may be refused.",
    secret: "Secret: only the counts of each option are kept, no single form. ",
    anonymous: "Anonymous: only the counts of each option are kept, no single form. ",
    apart: "What you write is kept apart from your other answers. ",
    named: "Your name stays with your answers.",
    replaceable: "Until the last day you may answer again; the last answer counts.",
    grounds: "Looking back at projects of earlier years",
    works: "still of use",
    worksNot: "not of use any more",
    must: "required",
    clear: "Clear",
    atMost: (n) => `Choose at most ${n}`,
    atLeast: (n) => `Choose at least ${n}`,
    between: (least, most) => `Choose ${least} to ${most}`,
    range: (least, most) => `${least} to ${most}`,
    longest: (n) => `${n} characters at most`,
    done: (n, of) => `${n} of ${of} answered`,
    send: "Send",
    sending: "Sending …",
    missing: "Please answer this question.",
    someMissing: (n) => `Questions that must be answered and are not: ${n}.`,
    blanks: (n) => `Questions without an answer: ${n}. They will count as left blank.`,
    isFinal: "Once sent it cannot be changed.",
    confirm: "Send it?",
    yes: "Send",
    back: "Back to the form",
    unsent:
      "The connection was lost and your form may not have arrived. It is kept in this page; " +
      "sending it again does not count it twice.",
    again: "Send again",
    restored:
      "Your form may not have arrived. You can send it again; that does not count it twice.",
    thanks: "Your form has arrived. Thank you!",
    already: "You have answered already.",
    notCounted:
      "Thank you! There are enough answers from your group, so this one was not counted.",
    changed: "The form has just changed. Please check it and send it again.",
    noNetwork: "No connection. Please check your network and try again.",
    retry: "Try again",
    needsLink: "Please open this page by the link or the code that you were given.",
    needsLogin: "Please come here from the deputies' platform, or paste an access token.",
    bearer: "Access token",
    enter: "Enter",
    expired: "Your login has run out. Please come here from the platform again, or paste a token.",
    failed: "It could not be sent: ",
    notFound: "There is no such form. Please check the link.",
  },
};

export const CHINESE = "zh-CN";

// The page's words in a language, in Chinese where it has none.
export function texts(language) {
  return TEXTS[language] ?? TEXTS[CHINESE];
}

// A localised text of the form.
export function localised(text, language) {
  return text[language] ?? text[CHINESE];
}

// What a language calls itself.
export function ownName(language) {
  return { "zh-CN": "中文", en: "English" }[language] ?? language;
}
