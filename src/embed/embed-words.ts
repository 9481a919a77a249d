import type { Language } from '../locales/languages.js';

interface EmbedWords {
  /** The title of the page. */
  readonly title: string;
  /** Before the attribute that is missing. */
  readonly blocked: string;
}

export const EMBED_WORDS: Readonly<Record<Language, EmbedWords>> = {
  ar: {
    title: 'مكالمة',
    blocked:
      'الصفحة التي تضم هذا الإطار لا تسمح للمكالمة باستخدام الكاميرا أو الميكروفون. على صاحب الصفحة أن يضيف إلى وسم iframe:',
  },
  de: {
    title: 'Anruf',
    blocked:
      'Die Seite um diesen Rahmen lässt den Anruf weder Kamera noch Mikrofon benutzen. Wer die Seite betreut, muss dem iframe dies hinzufügen:',
  },
  en: {
    title: 'Call',
    blocked:
      'The page around this frame does not let the call use the camera or microphone. Whoever looks after that page has to add this to its iframe:',
  },
  es: {
    title: 'Llamada',
    blocked:
      'La página que contiene este marco no permite que la llamada use la cámara o el micrófono. Quien mantiene la página debe añadir esto a su iframe:',
  },
  fr: {
    title: 'Appel',
    blocked:
      'La page qui contient ce cadre n’autorise pas l’appel à utiliser la caméra ou le micro. La personne qui gère cette page doit ajouter ceci à son iframe :',
  },
  ja: {
    title: '通話',
    blocked:
      'このフレームを埋め込んでいるページが、通話でのカメラやマイクの使用を許可していません。ページの管理者は iframe に次の属性を追加してください：',
  },
  ko: {
    title: '통화',
    blocked:
      '이 프레임이 들어 있는 페이지에서 통화의 카메라나 마이크 사용을 허용하지 않습니다. 페이지 관리자가 iframe에 다음을 추가해야 합니다.',
  },
  'pt-br': {
    title: 'Chamada',
    blocked:
      'A página em volta deste quadro não permite que a chamada use a câmera ou o microfone. Quem cuida da página precisa adicionar isto ao iframe:',
  },
  vi: {
    title: 'Cuộc gọi',
    blocked:
      'Trang chứa khung này không cho phép cuộc gọi dùng máy ảnh hoặc micrô. Người quản lý trang cần thêm nội dung sau vào iframe:',
  },
  'zh-cn': {
    title: '通话',
    blocked: '包含此框架的页面不允许通话使用摄像头或麦克风。请页面管理员在 iframe 中添加：',
  },
};
